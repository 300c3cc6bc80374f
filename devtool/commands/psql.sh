# shellcheck shell=bash
start_postgres
exec psql "$@"
