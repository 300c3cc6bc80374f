# shellcheck shell=bash
# The database of ./dev run: made once, kept between runs, updated when our addons changed.

# It says of itself what it was made of, in its comment: Odoo's version and our addons' fingerprint.
made_of() { psql -d postgres -Atc "select shobj_description(oid, 'pg_database') from pg_database where datname = '$1'"; }

# without Point of Sale, not those built on it
addons_to_install() {
  if [ -n "${pos:-}" ]; then our_addons; else plain_addons; fi | paste -sd,
}

make_plain_template() {
  base_template
  addons_template plain "$BASE" "$(addons_to_install)"
}

# provide_run_database NAME URL
provide_run_database() {
  local wanted have log=$STATE/logs/update.log
  wanted="$(odoo_version) $(addons_fingerprint)"
  if [ -n "$fresh" ] || ! has_database "$1"; then
    if [ -n "$pos" ]; then shop_template; else locked make_plain_template; fi
    new_database "$TEMPLATE" "$1"
  else
    have=$(made_of "$1")
    if [ "$have" != "$wanted" ]; then
      local modules
      modules=$(addons_to_install)
      say "updating the database $1"
      # another Odoo changes every module, ours only themselves
      [ "${have% *}" = "${wanted% *}" ] || modules=all
      odoo server -d "$1" -i "$(addons_to_install)" -u "$modules" --stop-after-init --no-http >"$log" 2>&1 ||
        { complaints "$log" >&2; die "the database $1 cannot be updated to the present addons (whole log: $log); mend them, or begin anew with --fresh"; }
      ! complaints "$log" >&2 || say "the update complained, see above"
    fi
  fi
  psql -q -d "$1" -c "comment on database $1 is '$wanted'" -c "
    insert into ir_config_parameter (key, value) values ('web.base.url', '$2'), ('web.base.url.freeze', 'True')
    on conflict (key) do update set value = excluded.value"
}
