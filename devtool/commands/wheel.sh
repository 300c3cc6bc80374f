# shellcheck shell=bash
# One wheel of each addon, for pip.

python_environment
dist=$STATE/dist
rm -rf "$dist"
build_wheels "$dist"
printf '%s\n' "$dist"/*.whl
