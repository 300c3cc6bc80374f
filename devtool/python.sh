# shellcheck shell=bash
# The virtual environment: exactly what requirements.lock names, verified by its hashes.

LOCK=$ROOT/devtool/requirements.lock

# The distribution's Python first: one below somebody's home could not be read by other accounts.
system_python() {
  local python
  for python in /usr/bin/python3 python3; do
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
      echo "$python"
      return
    fi
  done
  echo false   # no suitable Python: its package is what is missing
}

install_python_packages() {
  ! cmp -s "$LOCK" "$VENV/requirements.lock" || return 0
  say "Python packages"
  rm -rf "$VENV"
  "$(system_python)" -m venv "$VENV"
  pip_install --no-deps --require-hashes -r "$LOCK" ||
    die "the Python packages could not be installed (pip's words are above); when that is mended, run this again"
  cp "$LOCK" "$VENV/requirements.lock"
}

# uv takes 5 s where pip takes a minute. It knows neither pip's configuration nor, unless told, the
# system's certificates; where it fails, pip does the same work.
pip_install() {
  local index
  index=$("$VENV/bin/pip" config list | sed -n "s/^\(global\|:env:\|install\)\.index-url='\(.*\)'/\2/p" | tail -n1)
  if "$VENV/bin/pip" install --quiet --require-hashes -r <(lock_entry uv) >&2; then
    export UV_CACHE_DIR=$STATE/cache/uv UV_SYSTEM_CERTS=1
    [ -z "$index" ] || export UV_DEFAULT_INDEX=$index
    ! quietly "$VENV/bin/uv" pip install --python "$PY" "$@" || return 0
  fi
  quietly "$VENV/bin/pip" install "$@"
}

# lock_entry NAME: its lines of the lock file
lock_entry() { awk -v name="$1==" 'index($0, name) == 1 {on = 1; print; next} /^[^ ]/ {on = 0} on' "$LOCK"; }
