# shellcheck shell=bash
# The terms of our addons and their translations, brought to what the code says now. They are written
# by the caller: the account that works with Odoo may only read the checkout.

if [ "${1:-}" != --tar ]; then
  [ $# = 0 ] || die "./dev translations takes no argument"
  files=$(mktemp)
  trap 'rm -f "$files"' EXIT
  rc=0
  "$ROOT/dev" translations --tar >"$files" || rc=$?
  [ ! -s "$files" ] || tar -x --no-same-owner --no-overwrite-dir -C "$ROOT" -f "$files"
  exit "$rc"
fi

become_account translations --tar
ready
shop_template   # all addons are in it
mapfile -t addons < <(our_addons)
folder=$(mktemp -d "$TMPDIR/translations.XXXXXX")
trap 'drop_database terms_$$; rm -rf "$folder"' EXIT
new_database "$TEMPLATE" terms_$$
rc=0
"$PY" "$ROOT/devtool/translations" terms_$$ "$folder" "${addons[@]/#/$ROOT/}" >&2 || rc=$?
tar -c -C "$folder" --mode=u=rwX,go=rX "${addons[@]}"
exit "$rc"
