# shellcheck shell=bash
# Second phase: pytest. Its tests start servers and boxes of their own; this is what they get.

say "system tests"
export IOT_DEV_ROOT=$ROOT IOT_DEV_STATE=$STATE IOT_DEV_ODOO=$ODOO IOT_DEV_ODOO_PKG=$ODOO_PKG \
  IOT_DEV_PYTHON=$PY IOT_DEV_CONF=$CONF IOT_DEV_TEMPLATE=$TEMPLATE
IOT_DEV_CHROMIUM=$(browser)
export IOT_DEV_CHROMIUM
report=$(mktemp "$TMPDIR/junit.XXXXXX")
(cd "$ROOT" && "$PY" -m pytest "${filter:-system_tests}" -o cache_dir="$STATE/tmp/pytest" \
  --junit-xml="$report" -o junit_family=xunit2 -ra) || rc=1
"$PY" "$ROOT/devtool/tests/pytest_counts.py" "$report" "$counts" || rc=1
rm -f "$report"
