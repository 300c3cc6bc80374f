# shellcheck shell=bash
# The JavaScript linters, from their lock file.

LINT=$ROOT/devtool/lint
NODE=$STATE/node

install_linters() {
  ! cmp -s "$LINT/package-lock.json" "$NODE/package-lock.json" || return 0
  say "JavaScript linters"
  rm -rf "$NODE"
  mkdir -p "$NODE.part"
  cp "$LINT"/package*.json "$NODE.part/"
  (cd "$NODE.part" && quietly npm ci --cache "$STATE/cache/npm" --no-audit --no-fund --ignore-scripts) ||
    die "the JavaScript linters could not be installed (npm's words are above); when that is mended, run this again"
  mv "$NODE.part" "$NODE"
}
