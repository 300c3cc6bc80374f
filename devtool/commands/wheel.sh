# shellcheck shell=bash
# One wheel of each addon, for pip. Who reads the folder meanwhile finds whole files at any time.

[ $# = 0 ] || die "./dev wheel takes no arguments"
python_environment
dist=$STATE/dist
new=$(mktemp -d "$TMPDIR/wheels.XXXXXX")
trap 'rm -rf "$new"' EXIT
build_wheels "$new"
for wheel in "$dist"/*.whl; do [ -e "$new/${wheel##*/}" ] || rm -f "$wheel"; done   # of other versions
mv "$new"/*.whl "$dist/"
printf '%s\n' "$dist"/*.whl
