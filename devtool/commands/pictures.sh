# shellcheck shell=bash
# Takes the pictures of the documents and of the addons' own pages anew. Runs as the caller, to whom
# they belong.

[ $# = 0 ] || die "./dev pictures takes no arguments"
rm -rf "$STATE/pictures"
"$ROOT/dev" test system_tests/take_pictures.py
cp -r "$STATE/pictures/." "$ROOT/"   # its folders are those of the repository
