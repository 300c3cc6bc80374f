# shellcheck shell=bash
# Processes of ./dev run: started together, watched, stopped together. Their logs begin with $runs.

declare -A PROCESSES=()   # pid -> name
trap stop_processes EXIT
trap 'exit 0' INT TERM HUP

log_of() { echo "$STATE/logs/${runs}_${1//[^A-Za-z0-9.]/_}.log"; }

# start NAME COMMAND...: in a session of its own, so that Ctrl-C reaches only us and each process
# gets one orderly SIGTERM; should this shell be killed, the kernel sends it.
start() {
  local name=$1
  shift
  setpriv --pdeathsig TERM setsid "$@" >"$(log_of "$name")" 2>&1 </dev/null &
  PROCESSES[$!]=$name
}

pid_of() {
  local pid
  for pid in "${!PROCESSES[@]}"; do [ "${PROCESSES[$pid]}" != "$1" ] || echo "$pid"; done
}

# wait_until_ready NAME TEXT: until its log has the text, for two minutes at most
wait_until_ready() {
  local deadline=$((SECONDS + 120)) pid
  pid=$(pid_of "$1")
  until grep -qF "$2" "$(log_of "$1")"; do
    kill -0 "$pid" 2>/dev/null || { tail -n 30 "$(log_of "$1")" >&2; die "$1 ended before it was ready; its last words are above"; }
    [ $SECONDS -lt $deadline ] || die "$1 is not ready after two minutes; see $(log_of "$1")"
    sleep 0.1
  done
}

# supervise: until a signal comes or Odoo ends. The loss of a box is told and borne.
supervise() {
  local dead
  while [ ${#PROCESSES[@]} != 0 ]; do
    wait -n -p dead "${!PROCESSES[@]}" || true
    [ -n "${dead:-}" ] || continue
    local name=${PROCESSES[$dead]}
    unset "PROCESSES[$dead]"
    tail -n 20 "$(log_of "$name")" >&2
    [ "$name" != Odoo ] || die "Odoo ended by itself; its last words are above, all of them in $(log_of "$name")"
    say "$name ended by itself; its last words are above, all of them in $(log_of "$name")"
  done
}

stop_processes() {
  trap '' INT TERM HUP
  [ ${#PROCESSES[@]} = 0 ] || say "stopping"
  local pid
  for pid in "${!PROCESSES[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${!PROCESSES[@]}"; do wait "$pid" 2>/dev/null || true; done
  # others (a test run, a psql) may use the cluster by now
  if [ -n "${POSTGRES_STARTED:-}" ] && [ "$(connections)" = 0 ]; then stop_postgres; fi
}
