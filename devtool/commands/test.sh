# shellcheck shell=bash
# All tests, or those a filter names: Odoo's own runner with our addons first (Python tests, Hoot
# tests and tours in a headless browser), then system_tests/ (real servers, stock boxes) by pytest.

[ $# -le 1 ] || die "./dev test takes one filter"
filter=${1:-}
case $filter in
  system_tests*) phases=system ;;
  '') phases='odoo system' ;;
  *) phases=odoo ;;
esac
[ -d "$ROOT/system_tests" ] || phases=${phases/ system/}

# in_our_addons SUFFIX: Odoo's tag for it in each of our addons
in_our_addons() { our_addons | sed "s#.*#/&$1#" | paste -sd,; }

odoo_tags() {
  case $1 in
    '') in_our_addons '' ;;
    [A-Z_]* | :*) in_our_addons ":${1#:}" ;;   # TestClass, TestClass.test_name
    .*) in_our_addons "$1" ;;                  # .test_name
    *) printf '%s' "$1" ;;
  esac
}

ready
test_template
counts=$(mktemp "$TMPDIR/counts.XXXXXX")
rc=0
for phase in $phases; do
  # shellcheck source=/dev/null
  . "$ROOT/devtool/tests/$phase.sh"
done
"$PY" "$ROOT/devtool/tests/total.py" "$counts" || rc=1
rm -f "$counts"
exit "$rc"
