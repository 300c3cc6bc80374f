# shellcheck shell=bash
ready
exec "$PY" "$ODOO" "$@"
