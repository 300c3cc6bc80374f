# shellcheck shell=bash
# Benchmarks, each beside what Odoo itself costs for doing nothing; see devtool/bench.

ready
test_template
system_environment
[ ${#OWN_NETWORK[@]} != 0 ] || die "benchmarks search for boxes, which must not happen in this machine's own network"
exec "${OWN_NETWORK[@]}" "$PY" "$ROOT/devtool/bench" "$@"
