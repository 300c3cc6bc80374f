# shellcheck shell=bash
# pytest. Its tests start servers and boxes of their own; this is what they get.

say "system tests"
# Each worker has a loopback of its own: a browser that searches 127.0.0.0/24 finds the boxes of its
# test, never those of ./dev run or of another worker. PostgreSQL is reached by its socket.
system_environment
[ ${#OWN_NETWORK[@]} != 0 ] || say "tests that need a network of their own are skipped"
python=("${OWN_NETWORK[@]}" "$PY")

options=("${filter:-system_tests}" -o cache_dir="$STATE/tmp/pytest" -o junit_family=xunit2 -ra --durations 20)
report=$(mktemp "$TMPDIR/junit.XXXXXX")
table=$STATE/logs/matrix.md
if [ "${filter:-system_tests}" = system_tests ]; then
  rm -f "$table"
  # side by side, test by test: nearly all that one does is wait for the timers of boxes
  workers=$(($(nproc) * 3))
  workers=$((workers < 12 ? workers : 12))
  command=("$PY" -m pytest --dist loadscope \
    --tx "$workers*popen//python=$(printf '%q ' "${python[@]}")")
else
  command=("${python[@]}" -m pytest)
fi
code=0
(cd "$ROOT" && "${command[@]}" "${options[@]}" --junit-xml="$report") || code=$?
"$PY" "$ROOT/devtool/tests/pytest_counts.py" "$report" "$counts" "$code"
rm -f "$report"
if [ "${filter:-system_tests}" = system_tests ]; then
  "$PY" "$ROOT/devtool/tests/matrix_table.py" "$table" "$ROOT/README.md" ||
    echo '{"passed": 0, "failed": 1, "skipped": 0}' >>"$counts"
fi
