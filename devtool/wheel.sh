# shellcheck shell=bash
# Wheels: what builds them, from a lock file of its own, and building.

WHEEL_LOCK=$ROOT/devtool/wheel/requirements.lock
WHEEL_TOOLS=$STATE/wheel-tools

install_wheel_tools() {
  ! cmp -s "$WHEEL_LOCK" "$WHEEL_TOOLS/requirements.lock" || return 0
  say "what builds wheels"
  rm -rf "$WHEEL_TOOLS"
  pip_install --no-deps --require-hashes --target "$WHEEL_TOOLS" -r "$WHEEL_LOCK" ||
    die "what builds wheels could not be installed (pip's words are above); when that is mended, run this again"
  cp "$WHEEL_LOCK" "$WHEEL_TOOLS/requirements.lock"
}

# build_wheels FOLDER: of all our addons
build_wheels() {
  (
    cd "$ROOT"
    mapfile -t addons < <(our_addons)
    PYTHONPATH=$WHEEL_TOOLS "$VENV/bin/pip" wheel --quiet --disable-pip-version-check \
      --no-deps --no-build-isolation --wheel-dir "$1" "${addons[@]/#/./}"
  )
}
