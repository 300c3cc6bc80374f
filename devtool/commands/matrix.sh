# shellcheck shell=bash
# The versions of boxes and the ways to run Odoo, all with all: these tests alone. What they find
# becomes the table in README.md. Runs as the caller, to whom README.md belongs.

[ $# = 0 ] || die "./dev matrix takes no arguments"
table=$STATE/logs/matrix.md
rm -f "$table"
rc=0
"$ROOT/dev" test system_tests/test_matrix.py || rc=$?
[ -e "$table" ] || die "the tests left no table in $table: see their own words above"
"$(system_python)" "$ROOT/devtool/tests/matrix_table.py" "$table" "$ROOT/README.md" "$(odoo_version)" || rc=1
exit "$rc"
