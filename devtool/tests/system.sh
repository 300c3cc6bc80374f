# shellcheck shell=bash
# Second phase: pytest. Its tests start servers and boxes of their own; this is what they get.

say "system tests"
# Each worker has a loopback of its own: a browser that searches 127.0.0.0/24 finds the boxes of its
# test, never those of ./dev run or of another worker. PostgreSQL is reached by its socket.
system_environment
[ ${#OWN_NETWORK[@]} != 0 ] || say "tests that need a network of their own are skipped"
python=("${OWN_NETWORK[@]}" "$PY")

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
