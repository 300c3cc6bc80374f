# shellcheck shell=bash
ready
test_template
say "ready"
