# shellcheck shell=bash
# Takes the pictures of the documents anew. Runs as the caller, to whom they belong.

[ $# = 0 ] || die "./dev pictures takes no arguments"
"$ROOT/dev" test system_tests/take_pictures.py
cp "$STATE"/pictures/*.png "$ROOT/doc/pictures/"
