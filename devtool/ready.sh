# shellcheck shell=bash
# What every command that works with Odoo begins with, in the unprivileged account.

# ready: paths, configuration and a running cluster
ready() {
  python_environment
  find_odoo
  write_configuration
  start_postgres
}
