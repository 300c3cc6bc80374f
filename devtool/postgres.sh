# shellcheck shell=bash
# A PostgreSQL cluster of our own: reached through a socket in a folder only its account may enter,
# hence without passwords; it listens on no network address.

PG=$STATE/pg

postgres_bin() {
  local bins=(/usr/lib/postgresql/*/bin)
  printf '%s\n' "${PGBIN:-}" "${bins[@]}" | sort -V | while read -r bin; do
    [ ! -x "$bin/initdb" ] || echo "$bin"
  done | tail -n1
}

postgres_environment() {
  export PGHOST=$RUNTIME/pg PGPORT=5432 PGUSER=odoo
  unset PGPASSWORD PGDATABASE PGSERVICE PGHOSTADDR
}

# Sets POSTGRES_STARTED when the cluster did not run before.
start_postgres() {
  local bin
  bin=$(postgres_bin)
  postgres_environment
  POSTGRES_STARTED=
  ! "$bin/pg_isready" -q || return 0
  if [ ! -e "$PG/data/PG_VERSION" ]; then
    say "database cluster"
    rm -rf "$PG/data.part"
    "$bin/initdb" -D "$PG/data.part" -U odoo -A trust -E UTF8 --locale=C.UTF-8 >"$PG/log" 2>&1 || postgres_failed
    mv "$PG/data.part" "$PG/data"
  fi
  # 8, 9: locks this process may hold; the cluster outlives it
  "$bin/pg_ctl" -D "$PG/data" -l "$PG/log" -w -t 60 start -o "-k '$PGHOST' -c listen_addresses='' \
    -c synchronous_commit=off -c jit=off -c shared_buffers=256MB -c max_wal_size=2GB" >/dev/null 8>&- 9>&- || postgres_failed
  POSTGRES_STARTED=1
}

postgres_failed() {
  tail -n 20 "$PG/log" >&2
  die "PostgreSQL does not start; its own words are above and in $PG/log"
}

# stop_postgres [MODE]: fast by default
stop_postgres() {
  [ ! -e "$PG/data/postmaster.pid" ] || "$(postgres_bin)/pg_ctl" -D "$PG/data" -m "${1:-fast}" -w stop >/dev/null
}

# connections: how many connections others hold
connections() { psql -d postgres -Atc "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"; }
