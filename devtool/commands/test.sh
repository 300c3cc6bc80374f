# shellcheck shell=bash
# All tests, or those a filter names: Odoo's own runner with our addons first (Python tests, Hoot
# tests and tours in a headless browser), then system_tests/ (real servers, stock boxes) by pytest.

[ $# -le 1 ] || die "./dev test takes one filter"
filter=${1:-}
# Point of Sale's own tests of what our addons change there; not among all tests
[ "$filter" != core_pos ] || filter=$(paste -sd, "$ROOT/devtool/tests/core_pos.tags")

# asks_for ADDON: whether the filter, a tag or the name of a test, can mean it
asks_for() {
  local word words
  case $filter in */*) [[ ",$filter" =~ ,/$1([:.,]|$) ]]; return ;; esac
  read -ra words <<<"${filter//[:.]/ }"
  for word in "${words[@]}"; do
    grep -rqsw --include='*.py' -- "$word" "$ROOT/$1/tests" || return 1
  done
}

# tags_in ADDON...: the filter as Odoo's tag for it in each of these
tags_in() {
  case $filter in
    */*) printf '%s' "$filter" ;;
    '' | :* | .*) printf '%s\n' "$@" | sed "s#.*#/&$filter#" | paste -sd, ;;   # .test_name
    *) printf '%s\n' "$@" | sed "s#.*#/&:$filter#" | paste -sd, ;;   # TestClass, TestClass.test_name
  esac
}

# odoo_tests ADDON...: on a copy of TEMPLATE
odoo_tests() (
  tags=$(tags_in "$@")
  # shellcheck source=/dev/null
  . "$ROOT/devtool/tests/odoo.sh"
)

system_tests() {
  case $filter in '' | system_tests | system_tests/test_pos_* | system_tests/test_docs.py* | system_tests/take_pictures.py) shop_template; SHOP=$TEMPLATE ;; esac
  test_template
  # shellcheck source=/dev/null
  . "$ROOT/devtool/tests/system.sh"
}

# system_tests_alongside: in the background, with less of the processor than Odoo's own, whose
# browser is given seconds only. They end with this process.
system_tests_alongside() {
  SYSTEM_WORDS=$(mktemp "$TMPDIR/system.XXXXXX")
  set -m   # in a process group of their own
  (renice -n 7 -p "$BASHPID" >/dev/null && system_tests) >"$SYSTEM_WORDS" 2>&1 </dev/null &
  SYSTEM=$!
  set +m
  trap 'kill -INT -- "-$SYSTEM" 2>/dev/null && wait "$SYSTEM" || rm -f "$SYSTEM_WORDS"' EXIT
}

# join_system_tests: shows what they say, up to their end
join_system_tests() {
  tail -n +1 -f --pid="$SYSTEM" "$SYSTEM_WORDS"
  wait "$SYSTEM" || echo '{"passed": 0, "failed": 1, "skipped": 0}' >>"$counts"
  rm -f "$SYSTEM_WORDS"
}

ready
counts=$(mktemp "$TMPDIR/counts.XXXXXX")
rc=0
[ -n "$filter" ] || system_tests_alongside
case $filter in
  system_tests*) ;;
  *)
    mapfile -t plain < <(plain_addons | while read -r addon; do ! asks_for "$addon" || echo "$addon"; done)
    mapfile -t bridges < <(bridge_addons | while read -r addon; do ! asks_for "$addon" || echo "$addon"; done)
    if [ ${#plain[@]} = 0 ] && [ ${#bridges[@]} = 0 ]; then
      case $filter in
        */*) bridges=(none) ;;   # tests of addons that are not ours run where all is installed
        *) mapfile -t plain < <(plain_addons) ;;   # a name that nobody knows: nothing matches
      esac
    fi
    if [ ${#plain[@]} != 0 ]; then
      test_template
      odoo_tests "${plain[@]}" || rc=1
    fi
    if [ ${#bridges[@]} != 0 ]; then
      shop_template
      odoo_tests "${bridges[@]}" || rc=1
    fi
    ;;
esac
case $filter in
  '') join_system_tests ;;
  system_tests*) system_tests ;;
esac
"$PY" "$ROOT/devtool/tests/total.py" "$counts" || rc=1
rm -f "$counts"
exit "$rc"
