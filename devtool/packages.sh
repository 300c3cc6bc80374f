# shellcheck shell=bash
# The system packages that are missing, installed through this machine's own apt.

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# missing_packages COMMAND: judged by what can be used, not by a package's name, so that a browser
# or a Python from elsewhere counts as well
missing_packages() {
  "$(system_python)" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
  [ -s /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
  [ "$1" != wheel ] || return 0   # who wants wheels has an Odoo elsewhere
  [ -n "$(postgres_bin)" ] || echo postgresql
  [ -n "$(browser)" ] || echo chromium
  compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null || echo libatomic1   # Playwright's driver is linked to it
  [ -n "${ODOO_HOME:-}" ] || [ -r "$KEYRING" ] || echo debian-archive-keyring
  case $1 in setup | test | bench) [ -n "$(PATH=$PATH:/usr/sbin type -P ip)" ] || echo iproute2 ;; esac
  case $1 in
    test)   # an ACME authority, a name server, a reverse proxy, what makes a browser trust an authority
      command -v pebble >/dev/null || echo pebble
      [ -x /usr/sbin/named ] || echo bind9
      [ -x /usr/sbin/nginx ] || echo nginx
      command -v certutil >/dev/null || echo libnss3-tools
      ;;
    bench) command -v fping >/dev/null || echo fping ;;   # what a search is compared with
  esac
  case $1 in
    setup | lint)
      command -v npm >/dev/null || echo npm
      command -v shellcheck >/dev/null || echo shellcheck
      ;;
  esac
}

# The first of the names by which Odoo's own test runner looks for a browser
browser() {
  local name
  for name in google-chrome chromium chromium-browser google-chrome-stable; do
    ! type -P "$name" || return 0
  done
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$1")
  [ ${#missing[@]} != 0 ] || return 0
  local install=(apt-get install --yes --no-install-recommends "${missing[@]}")
  command -v apt-get >/dev/null ||
    die "this machine lacks what the Debian packages ${missing[*]} provide, and has no apt-get: install them by its own means"
  local sudo=()
  if [ "$(id -u)" != 0 ]; then
    sudo=(sudo)
    { command -v sudo && { sudo -n true || { [ -t 0 ] && sudo -v; }; }; } >/dev/null 2>&1 ||
      die "system packages are missing and this account may not install them; ask the administrator for: ${install[*]}"
  fi
  say "system packages: ${missing[*]}"
  { quietly "${sudo[@]}" apt-get update && quietly "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}"; } ||
    die "apt could not install ${missing[*]} (its own words are above); when that is mended, run this again"
  case " ${missing[*]} " in *" nginx "*) silence nginx ;; esac
  mapfile -t missing < <(missing_packages "$1")
  [ ${#missing[@]} = 0 ] || die "${missing[*]} is installed, yet does not give what is needed; see devtool/packages.sh"
}

# silence SERVICE: Debian starts what it installs; a web server for all networks is not wanted
silence() {
  "${sudo[@]}" invoke-rc.d --quiet "$1" stop >/dev/null 2>&1 || true
  "${sudo[@]}" update-rc.d "$1" disable >/dev/null 2>&1 || true
}
