# shellcheck shell=bash
stop_postgres
