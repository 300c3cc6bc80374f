# shellcheck shell=bash
# Which account does the work. Root installs and fetches; PostgreSQL, Odoo, boxes and browsers
# always run as an unprivileged account: the caller, or for root an existing one.

# become_account COMMAND [ARG...]: returns as an unprivileged account that finds all it needs to
# carry out the command; root is replaced by such a process.
become_account() {
  if [ "$(id -u)" != 0 ]; then
    prepare_state
    provide "$1"
    return
  fi
  local account
  account=$(unprivileged_account)
  as_account "$account" test -r "$ROOT/dev" -a -z "$(unreadable_by "$account")" || relocate "$account" "$@"
  if [ "$account" = nobody ]; then
    prepare_state nobody
    as_account nobody test -w "$STATE/home" ||
      die "the account nobody cannot use $STATE: set DEV_STATE to a folder that other accounts can reach"
    provide "$1"
  else   # the person behind sudo, whose downloads and folders stay that person's own
    install_packages "$1"
  fi
  cd "$ROOT"
  exec setpriv --reuid "$account" --regid "$(id -g "$account")" --init-groups \
    env -u SUDO_USER HOME="$(account_home "$account")" USER="$account" LOGNAME="$account" \
    "$ROOT/dev" "$@"
}

unprivileged_account() {
  local owner
  owner=$(stat -c %U "$STATE/data" 2>/dev/null || true)   # who did the work so far goes on
  if [ -n "$owner" ] && [ "$owner" != root ] && [ "$owner" != UNKNOWN ]; then
    echo "$owner"
  elif [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
    echo "$SUDO_USER"
  else
    echo nobody
  fi
}

account_home() {
  if [ "$1" = nobody ]; then echo "$STATE/home"; else getent passwd "$1" | cut -d: -f6; fi
}

# as_account ACCOUNT COMMAND...
as_account() {
  local account=$1
  shift
  (cd / && setpriv --reuid "$account" --regid "$(id -g "$account")" --init-groups "$@")
}

# unreadable_by ACCOUNT: the first file or folder of the checkout it cannot read, if any
unreadable_by() {
  as_account "$1" find "$ROOT" \( -path "$ROOT/.git" -o -path "$ROOT/.dev" -o -name node_modules \) \
    -prune -o \( ! -readable -o -type d ! -executable \) -print -quit 2>/dev/null || true
}

# is_ours FOLDER: not something another account left there for us to write into
is_ours() { [ -O "$1" ] && [ ! -L "$1" ]; }

copy_of_checkout() { echo "/var/tmp/iot-dev-$(hash_of "$ROOT")"; }

# relocate ACCOUNT COMMAND [ARG...]: a clone below /root, say, is copied to where the account can
# read it, and the copy's own ./dev takes over. Its state stays there for the next time.
relocate() {
  [ -z "${DEV_RELOCATED:-}" ] || die "$2: the account $1 cannot read $(unreadable_by "$1"); put the checkout where it can"
  local copy
  copy=$(copy_of_checkout)
  mkdir -p "$copy"
  is_ours "$copy" || die "$copy belongs to someone else; remove it or move the checkout to where the account $1 can read it"
  chmod 755 "$copy"
  [ "$1" = nobody ] || install -d -o "$1" "$copy/state"
  say "the account $1 cannot read $ROOT: working in the copy $copy/checkout"
  rm -rf "$copy/new"
  mkdir "$copy/new"
  tar -c -C "$ROOT" --exclude=./.git --exclude=./.dev --exclude=node_modules --exclude=__pycache__ . |
    tar -x -C "$copy/new" --no-same-owner --mode='u+rwX,go+rX,go-w'
  rm -rf "$copy/old"
  [ ! -e "$copy/checkout" ] || mv "$copy/checkout" "$copy/old"
  mv "$copy/new" "$copy/checkout"
  rm -rf "$copy/old"
  cd /
  shift
  DEV_RELOCATED=1 DEV_STATE=${DEV_STATE:-$copy/state} exec "$copy/checkout/dev" "$@"
}

# prepare_state [OWNER]: the state folder and its private parts
prepare_state() {
  local folder owner=${1:-}
  mkdir -p "$STATE"
  for folder in "${PRIVATE[@]}"; do
    [ -d "$STATE/$folder" ] || install -d -m 700 ${owner:+-o "$owner" -g "$(id -g "$owner")"} "$STATE/$folder"
  done
  [ -z "$owner" ] || return 0
  [ -O "$STATE/data" ] ||
    die "$STATE belongs to the account $(stat -c %U "$STATE/data"): use that account or root, or set DEV_STATE to another folder"
  if [ "$RUNTIME" != "$STATE" ]; then
    mkdir -m 700 "$RUNTIME" 2>/dev/null || is_ours "$RUNTIME" ||
      die "$RUNTIME belongs to someone else: remove it, or set DEV_STATE to a shorter path"
    mkdir -p "$RUNTIME"/{tmp,pg}
  fi
}

# provide COMMAND: download and install what it lacks, one process at a time
provide() {
  case $1 in psql | stop | clean) return ;; esac
  install_packages "$1"
  exec 8<"$STATE"   # folders can be locked, and need no write access for it
  flock 8
  local job jobs=(install_python_packages)
  case $1 in setup | lint) jobs+=(install_linters) ;; esac
  for job in "${jobs[@]}"; do alongside "$job"; done
  [ "$1" = wheel ] || fetch_odoo   # the largest download
  for job in "${jobs[@]}"; do join "$job"; done
  case $1 in setup | test | wheel) install_wheel_tools ;; esac
  exec 8>&-
}
