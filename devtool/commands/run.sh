# shellcheck shell=bash
# Odoo with our addons and Point of Sale, and stock IoT boxes to pair with it, until Ctrl-C.

port=8069
database=iot
boxes=2
pos=yes
fresh=
while [ $# != 0 ]; do
  case $1 in
    --port | --db | --boxes) [ $# -ge 2 ] || die "$1 needs a value" ;;&
    --port) port=$2; shift ;;
    --db) database=$2; shift ;;
    --boxes) boxes=$2; shift ;;
    --no-pos) pos= ;;
    --fresh) fresh=yes ;;
    *) die "./dev run does not know $1; ./dev help tells its options" ;;
  esac
  shift
done
[[ $port =~ ^[0-9]{1,5}$ ]] || die "--port is a number"
[[ $boxes =~ ^[0-9]{1,2}$ ]] || die "--boxes is a number, at most 99"
[[ $database =~ ^[a-z][a-z0-9_]*$ ]] || die "--db is a name of small letters, digits and _"

# another database has boxes and logs of its own
homes=$STATE/boxes
runs=run
[ "$database" = iot ] || { homes=$STATE/boxes/$database; runs=run_$database; }

box_address() { echo "127.0.0.$((10 + $1))"; }
in_use="is in use by another program (Odoo running already?): end that, or choose another"
address_is_free 127.0.0.1 "$port" 2>/dev/null || die "127.0.0.1 port $port $in_use with --port"
for ((n = 1; n <= boxes; n++)); do
  address_is_free "$(box_address "$n")" 8069 2>/dev/null || die "$(box_address "$n") port 8069, where box $n goes, $in_use number of --boxes"
done

. "$ROOT/devtool/processes.sh"
ready
. "$ROOT/devtool/run_database.sh"
url=http://127.0.0.1:$port
provide_run_database "$database" "$url"

start Odoo "$PY" "$ODOO" server -d "$database" --db-filter "^$database\$" --http-port "$port"
wait_until_ready Odoo "HTTP service (werkzeug) running on"
for ((n = 1; n <= boxes; n++)); do
  address=$(box_address "$n")
  start "box $address" "$PY" "$ROOT/devtool/box" --odoo "$ODOO_PKG" --home "$homes/$address" \
    --address "$address" --port 8069 --identifier "$(printf 'box %s %s' "$address" "$STATE" | sha256sum | cut -c1-16)" \
    --mode rpi --devices printer,scale,display --redirect "$url"
done
for ((n = 1; n <= boxes; n++)); do wait_until_ready "box $(box_address "$n")" "box ready at"; done

cat <<TEXT

Odoo      $url/odoo/iot?debug=1      login: admin, password: admin
$(for ((n = 1; n <= boxes; n++)); do echo "IoT box   http://$(box_address "$n"):8069"; done)
$([ "$boxes" = 0 ] || cat <<STEPS

To pair a box: Connect in Odoo. The popup finds the boxes; or enter the pairing code on the homepage
of a box. README.md tells of a third way.
STEPS
)

Logs: $STATE/logs/${runs}_*.log      Ctrl-C stops everything.
TEXT
supervise
