# shellcheck shell=bash
# Names and small helpers every other part uses.

STATE=$(realpath -m -- "${DEV_STATE:-$ROOT/.dev}")
VENV=$STATE/venv
PY=$VENV/bin/python
CONF=$STATE/home/odoo.conf
# Written while working, by the unprivileged account alone and readable by nobody else: they hold
# databases, session keys and the boxes' credentials.
PRIVATE=(home tmp pg data logs screenshots pycache boxes templates dist pictures)

# hash_of TEXT: ten hexadecimal digits that name it
hash_of() { printf '%s' "$1" | sha256sum | cut -c1-10; }

# For sockets, PostgreSQL's and the browser's: their paths have at most 107 bytes.
RUNTIME=$STATE
[ ${#STATE} -le 45 ] || RUNTIME=/tmp/iot-dev-$(hash_of "$STATE")

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
die() { printf 'dev: %s\n' "$*" >&2; exit 1; }

# quietly COMMAND...: on a terminal with its own progress, elsewhere only its last words if it fails
quietly() {
  local words rc=0
  if [ -t 2 ]; then
    "$@" >&2
  else
    words=$("$@" 2>&1) || rc=$?
    [ "$rc" = 0 ] || tail -n 30 <<<"$words" >&2
    return "$rc"
  fi
}

# our_addons: the names of this repository's addons, one a line
our_addons() { (cd "$ROOT" && printf '%s\n' */__manifest__.py | sed 's#/.*##'); }

# of them, those that tie `iot` to more of Odoo than it needs itself, and the others
bridge_addons() { our_addons | while read -r addon; do ! is_bridge "$addon" || echo "$addon"; done; }
plain_addons() { our_addons | while read -r addon; do is_bridge "$addon" || echo "$addon"; done; }
is_bridge() { grep -qvxF -e iot -f <(depends_of iot) <(depends_of "$1"); }
depends_of() {
  python3 -c 'import ast, sys; print(*ast.literal_eval(sys.stdin.read())["depends"], sep="\n")' <"$ROOT/$1/__manifest__.py"
}

# A server bound there would keep ours from starting; ask before anything else is started.
# address_is_free ADDRESS PORT
address_is_free() {
  python3 - "$1" "$2" <<'PYTHON'
import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((sys.argv[1], int(sys.argv[2])))
    except OSError as error:
        sys.exit(str(error))
PYTHON
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# What all Python programs started from here need: bytecode below the state folder, so that no start
# compiles everything again and checkouts stay clean, whatever the caller's environment says.
python_environment() {
  unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH
  export PYTHONPYCACHEPREFIX=$STATE/pycache PYTHONUNBUFFERED=1
  export HOME=$STATE/home TMPDIR=$RUNTIME/tmp ODOO_RC=$CONF
}

declare -A ALONGSIDE=() WORDS=()   # job -> pid, and file with what it says

# alongside JOB [ARG...]: runs this function in the background, silently
alongside() {
  WORDS[$1]=$(mktemp)
  "$@" >"${WORDS[$1]}" 2>&1 &
  ALONGSIDE[$1]=$!
}

# join JOB: waits for its end and shows its words; its failure ends this process, too
join() {
  local rc=0
  wait "${ALONGSIDE[$1]}" || rc=$?
  cat "${WORDS[$1]}" >&2
  rm -f "${WORDS[$1]}"
  [ "$rc" = 0 ] || exit "$rc"
}
