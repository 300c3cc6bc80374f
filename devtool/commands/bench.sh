# shellcheck shell=bash
die "there is no benchmark yet"
