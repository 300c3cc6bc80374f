# shellcheck shell=bash
# All linters; each finding is printed, the last line tells their number.

ready
alongside shop_template   # all addons are in it; the last checks need it
cd "$ROOT"
export NODE PATH=$LINT/bin:$VENV/bin:$PATH
mapfile -t addons < <(our_addons)
mapfile -t python < <(find "${addons[@]}" devtool system_tests -name '*.py' 2>/dev/null)
mapfile -t scripts < <(find "${addons[@]}" -path '*/static/*.js' ! -path '*/static/lib/*')
mapfile -t shell < <(grep -rlIE '^#!.*(/sh|bash)|^# shellcheck shell=' dev devtool .ci)
total=0

# check NAME COMMAND...: its findings are counted as it sums them up itself, or by lines that name
# a place; a failure without either counts as one
check() {
  local output count rc=0
  say "$1"
  shift
  output=$("$@" 2>&1) || rc=$?
  [ "$rc" != 0 ] || return 0
  echo "$output"
  count=$(sed -nE 's/^(✖ |.*, |)([0-9]+) (problem|findings|files? would be reformatted).*/\2/p' <<<"$output" | tail -n1)
  count=${count:-$(grep -cE '^[^ ]+:[0-9]+(:[0-9]+)?: ' <<<"$output" || true)}
  total=$((total + (count > 0 ? count : 1)))
}

# in_database COMMAND... with DATABASE for the name of a copy of the template
in_database() {
  trap 'drop_database lint_$$' EXIT   # of the subshell whose output is being taken
  new_database "$TEMPLATE" lint_$$
  "${@/#DATABASE/lint_$$}"
}

check "ruff" ruff check --no-cache --config "$LINT/ruff.toml" --output-format concise "${python[@]}"
check "ruff format" ruff format --no-cache --config "$LINT/ruff.toml" --check "${python[@]}"
# one concept a file: a model that holds two is extended in a file of its own
check "pylint-odoo" pylint --rcfile="$LINT/pylintrc" --disable missing-readme,consider-merging-classes-inherited \
  "${addons[@]}"
check "XML" "$PY" "$LINT/xml_files.py" "$ODOO_PKG" "${addons[@]}"
[ ${#scripts[@]} = 0 ] || check "eslint and prettier, with Odoo's settings" \
  eslint --no-ignore --no-eslintrc -c "$ODOO_PKG/addons/web/tooling/_eslintrc.json" "${scripts[@]}"
check "the tests that PAINS.md names" "$PY" "$LINT/pains.py" "$ROOT"
check "the table of boxes and servers in README.md" "$PY" "$LINT/matrix.py" "$ROOT"
check "links, commands and blocks of the documents" "$PY" "$LINT/documents.py" "$ROOT"
# the parts of the tool share variables across files, which it cannot follow
check "shellcheck" shellcheck --exclude SC2034,SC2154,SC2164,SC2317 --format gcc "${shell[@]}"
join shop_template
shop_template   # which tells its name, at once by now
check "Odoo's test_lint" in_database "$PY" "$LINT/core.py" DATABASE "${addons[@]/#/$ROOT/}"
check "translations" in_database "$PY" "$ROOT/devtool/translations" DATABASE - "${addons[@]/#/$ROOT/}"

echo "$total findings"
[ "$total" = 0 ]
