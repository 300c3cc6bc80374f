# shellcheck shell=bash
# Odoo 19 itself: Debian's package unpacked below the state folder, or ODOO_HOME.

# Sets ODOO (a file: with workers Odoo starts itself again by argv[0], where «-m odoo» fails),
# ODOO_PKG (the Python package's folder) and what Python needs to import it.
find_odoo() {
  if [ -n "${ODOO_HOME:-}" ]; then
    [ -f "$ODOO_HOME/odoo-bin" ] || die "ODOO_HOME=$ODOO_HOME has no readable odoo-bin: give the folder of an Odoo 19 checkout"
    ODOO=$ODOO_HOME/odoo-bin
    ODOO_PKG=$ODOO_HOME/odoo
  else
    ODOO=$STATE/odoo/usr/bin/odoo
    ODOO_PKG=$STATE/odoo/usr/lib/python3/dist-packages/odoo
    export PYTHONPATH=${ODOO_PKG%/odoo}
  fi
}

odoo_version() { cat "$STATE/odoo/VERSION" 2>/dev/null || echo "$ODOO_HOME"; }

fetch_odoo() {
  if [ -z "${ODOO_HOME:-}" ] && [ ! -e "$STATE/odoo/VERSION" ]; then
    say "Odoo 19 (Debian's package, about 120 MB)"
    ODOO_CACHE=$STATE/cache "$ROOT/devtool/fetch-odoo.sh" "$STATE/odoo" >&2
  fi
  find_odoo
  grep -q 'version_info = (19, 0' "$ODOO_PKG/release.py" || die "${ODOO_HOME:-$STATE/odoo} is not Odoo 19.0"
}

odoo() { "$PY" "$ODOO" "$@"; }

# At once: servers that start meanwhile read the old one or the new one.
write_configuration() {
  cat >"$CONF.$$" <<CONF
[options]
addons_path = $ROOT
data_dir = $STATE/data
screenshots = $STATE/screenshots
http_interface = 127.0.0.1
list_db = False
db_name =
CONF
  mv "$CONF.$$" "$CONF"
}
