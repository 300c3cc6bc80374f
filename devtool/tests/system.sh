# shellcheck shell=bash
# Second phase: pytest. Its tests start servers and boxes of their own; this is what they get.

say "system tests"
export IOT_DEV_ROOT=$ROOT IOT_DEV_STATE=$STATE IOT_DEV_ODOO=$ODOO IOT_DEV_ODOO_PKG=$ODOO_PKG \
  IOT_DEV_PYTHON=$PY IOT_DEV_CONF=$CONF IOT_DEV_TEMPLATE=$TEMPLATE
IOT_DEV_CHROMIUM=$(browser)
export IOT_DEV_CHROMIUM

# A loopback of their own: a browser that searches 127.0.0.0/24 finds the boxes of its test, never
# those of ./dev run or of another test run. PostgreSQL is reached by its socket all the same.
PATH=$PATH:/usr/sbin
own_network=(unshare --user --map-current-user --keep-caps --net
  sh -c 'ip link set lo up && exec "$@"' sh)
if refusal=$("${own_network[@]}" true 2>&1); then
  export IOT_DEV_OWN_NETWORK=yes
else
  say "no network namespace for this account, tests that need one are skipped: $refusal"
  own_network=()
fi

report=$(mktemp "$TMPDIR/junit.XXXXXX")
(cd "$ROOT" && "${own_network[@]}" "$PY" -m pytest "${filter:-system_tests}" \
  -o cache_dir="$STATE/tmp/pytest" --junit-xml="$report" -o junit_family=xunit2 -ra) || rc=1
"$PY" "$ROOT/devtool/tests/pytest_counts.py" "$report" "$counts" || rc=1
rm -f "$report"
