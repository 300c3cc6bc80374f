# shellcheck shell=bash
# Removes all private state, also that of a copy the tool made for an account that could not read
# the checkout. Runs as the caller, to whom the folders belong.

"$ROOT/dev" stop || true
say "removing $STATE"
rm -rf "$STATE" "$RUNTIME"
copy=$(copy_of_checkout)
if [ -d "$copy" ] && [ -O "$copy" ]; then
  say "removing $copy"
  rm -rf "$copy"
fi
