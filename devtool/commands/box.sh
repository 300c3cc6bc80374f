# shellcheck shell=bash
# One virtual box in the foreground; its home is named after its address unless --home is given.
python_environment
find_odoo
address=127.0.0.11
home=
previous=
for argument in "$@"; do
  case $previous in --address) address=$argument ;; --home) home=$argument ;; esac
  case $argument in --address=*) address=${argument#*=} ;; --home=*) home=${argument#*=} ;; esac
  previous=$argument
done
[ -n "$home" ] || set -- --home "$STATE/boxes/$address" "$@"
exec "$PY" "$ROOT/devtool/box" --odoo "$ODOO_PKG" "$@"
