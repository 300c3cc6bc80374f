# shellcheck shell=bash
# Odoo's runner on a copy of a template, for the tags of its caller.

say "Odoo's tests ($tags)"
database=try_$$
log=$STATE/logs/test_$$.log
trap 'drop_database "$database"' EXIT   # of the subshell that this is
new_database "$TEMPLATE" "$database"
(cd "$STATE/logs" && find . -name 'test_*.log' -printf '%T@ %f\n' | sort -rn | tail -n +20 | cut -d' ' -f2 | xargs -r rm -f)
"$PY" "$ROOT/devtool/tests/odoo_runner.py" "$log" "$counts" \
  "$PY" "$ODOO" server -d "$database" --http-port "$(free_port)" --stop-after-init \
  --test-tags "$tags"
