# shellcheck shell=bash
# Second phase: pytest. Its tests start servers and boxes of their own; this is what they get.

say "system tests"
export IOT_DEV_ROOT=$ROOT IOT_DEV_STATE=$STATE IOT_DEV_ODOO=$ODOO IOT_DEV_ODOO_PKG=$ODOO_PKG \
  IOT_DEV_PYTHON=$PY IOT_DEV_CONF=$CONF IOT_DEV_TEMPLATE=$TEMPLATE IOT_DEV_SHOP_TEMPLATE=${SHOP:-}
IOT_DEV_CHROMIUM=$(browser)
export IOT_DEV_CHROMIUM

# Each worker has a loopback of its own: a browser that searches 127.0.0.0/24 finds the boxes of its
# test, never those of ./dev run or of another worker. PostgreSQL is reached by its socket.
PATH=$PATH:/usr/sbin
python=("$PY")
own_network=(unshare --user --map-current-user --keep-caps --net "$ROOT/devtool/tests/own_network.sh")
if refusal=$("${own_network[@]}" true 2>&1); then
  export IOT_DEV_OWN_NETWORK=yes
  python=("${own_network[@]}" "$PY")
else
  say "no network namespace for this account, tests that need one are skipped: $refusal"
fi

options=("${filter:-system_tests}" -o cache_dir="$STATE/tmp/pytest" -o junit_family=xunit2 -ra --durations 20)
report=$(mktemp "$TMPDIR/junit.XXXXXX")
if [ "${filter:-system_tests}" = system_tests ]; then
  # whole files side by side: nearly all that a test does is wait for the timers of boxes
  command=("$PY" -m pytest --dist loadfile --tx "4*popen//python=$(printf '%q ' "${python[@]}")")
else
  command=("${python[@]}" -m pytest)
fi
(cd "$ROOT" && "${command[@]}" "${options[@]}" --junit-xml="$report") || rc=1
"$PY" "$ROOT/devtool/tests/pytest_counts.py" "$report" "$counts" || rc=1
rm -f "$report"
