# shellcheck shell=bash
# Databases and their templates. Installing modules takes a minute, copying a database half a second.

# What tests need of Odoo; web_tour for tours, html_editor because the login page's styles need it
BASE_MODULES=base,web,bus,iot_base,web_tour,html_editor

has_database() { psql -d postgres -Atc "select 1 from pg_database where datname = '$1'" | grep -q 1; }

drop_database() {
  dropdb --if-exists --force "$1" 2>/dev/null || true
  rm -rf "$STATE/data/filestore/$1"
}

# clone_database TEMPLATE NEW; one at a time: PostgreSQL refuses to copy a database that is in use
clone_database() {
  drop_database "$2"
  flock "$STATE/data" createdb -T "$1" "$2"
  [ ! -d "$STATE/data/filestore/$1" ] || cp -a "$STATE/data/filestore/$1" "$STATE/data/filestore/$2"
}

# new_database TEMPLATE NAME: a copy with an identity and secrets of its own
new_database() {
  clone_database "$1" "$2"
  psql -q -d "$2" -c "update ir_config_parameter set value = gen_random_uuid()
    where key in ('database.uuid', 'database.secret')"
}

# addons_fingerprint [ADDON...]: whatever of them, or of all, changes the schema or the data. Not
# static/ (Odoo compares assets itself) nor tests/ and i18n/.
addons_fingerprint() {
  [ $# != 0 ] || { mapfile -t all < <(our_addons); set -- "${all[@]}"; }
  (cd "$ROOT" && for addon in "$@"; do
    find "$addon" -type f ! -path '*/static/*' ! -path '*/tests/*' ! -path '*/i18n/*' ! -name '*.pyc' -print0
  done | sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-10
}

base_fingerprint() { hash_of "$(odoo_version) $(sha256sum <"$LOCK")"; }

# need_template NAME PARENT BUILD...: makes the database NAME out of PARENT (empty: of nothing) by
# the function BUILD, which gets the unfinished database's name first, then the rest.
need_template() {
  local name=$1 parent=$2 build=$3
  shift 3
  if ! has_database "$name"; then
    if [ -n "$parent" ]; then clone_database "$parent" "${name}_part"; else drop_database "${name}_part"; fi
    "$build" "${name}_part" "$@"
    psql -q -d postgres -c "alter database ${name}_part rename to $name"
    rm -rf "$STATE/data/filestore/$name"
    [ ! -d "$STATE/data/filestore/${name}_part" ] || mv "$STATE/data/filestore/${name}_part" "$STATE/data/filestore/$name"
  fi
  touch "$STATE/templates/$name"
}

# install_modules DATABASE MODULES [OPTION...]: shows each module as it is loaded
install_modules() {
  local database=$1 modules=$2 log=$STATE/logs/$1.log
  shift 2
  odoo server -d "$database" -i "$modules" --stop-after-init --no-http "$@" 2>&1 | tee "$log" |
    sed -nu 's/.*Loading module \([^ ]*\) (\([0-9/]*\)).*/   \2 \1/p' >&2 ||
    { grep -aE -A40 ' (ERROR|CRITICAL) ' "$log" | head -n 100 >&2; die "installing $modules failed; the whole log is $log"; }
}

# complaints LOG: the warnings and errors of an installation, which for our own addons are faults
complaints() {
  awk '/^[0-9-]+ [0-9:,]+ [0-9]+ / {on = $4 ~ /WARNING|ERROR|CRITICAL/} on {print; found = 1} END {exit !found}' "$1"
}

# Stylesheets and scripts of all pages, generated once instead of at each first page
generate_assets() {
  say "styles and scripts of the pages"
  odoo shell -d "$1" --no-http --log-level=error >/dev/null <<<"${2:-env['ir.qweb']._pregenerate_assets_bundles()}; env.cr.commit()"
}

build_base() {
  install_modules "$1" "$BASE_MODULES" --skip-auto-install
  # scripts follow in the templates built on this one: they change with our addons, styles rarely
  generate_assets "$1" "q = env['ir.qweb']; [q._get_asset_bundle(b, css=True, js=False).css() for b in q._get_bundles_to_pregenarate()[1]]"
}

build_addons() {
  install_modules "$1" "$2"
  ! complaints "$STATE/logs/$1.log" >&2 || die "our addons must install without a warning; see above"
  generate_assets "$1"
}

# Templates nobody used lately: those of the last three states of the addons are kept
forget_old_templates() {
  local name
  (cd "$STATE/templates" && find . -name "$1_*" -printf '%T@ %f\n' | sort -rn | tail -n +4 | cut -d' ' -f2) |
    while read -r name; do
      drop_database "$name"
      rm -f "$STATE/templates/$name"
    done
}

build_pos() {
  install_modules "$1" point_of_sale
}

base_template() {
  BASE=base_$(base_fingerprint)
  has_database "$BASE" || say "database with Odoo's part ($BASE_MODULES)"
  need_template "$BASE" "" build_base
}

# Point of Sale with all it brings along: the slow part of a database to try things in
pos_template() {
  base_template
  POS=pos_${BASE#*_}
  has_database "$POS" || say "database with Point of Sale (about a minute, once)"
  need_template "$POS" "$BASE" build_pos
}

# addons_template PREFIX PARENT MODULES; sets TEMPLATE: a database with our addons and their assets
addons_template() {
  local modules
  IFS=, read -ra modules <<<"$3"
  TEMPLATE=$1_$(hash_of "$2 $3 $(addons_fingerprint "${modules[@]}")")
  has_database "$TEMPLATE" || say "database with our addons ($3)"
  need_template "$TEMPLATE" "$2" build_addons "$3"
  forget_old_templates "$1"
}

# locked COMMAND...: one process at a time makes templates
locked() {
  exec 9<"$STATE/templates"
  flock 9
  "$@"
  exec 9<&-
}

# What most tests copy: Odoo's part, and those of our addons that need no more
make_test_template() {
  base_template
  addons_template test "$BASE" "$(plain_addons | paste -sd,)"
}

# All our addons and Point of Sale: for ./dev run, the linters, and tests of the bridges
make_shop_template() {
  pos_template
  addons_template shop "$POS" "$(our_addons | paste -sd,)"
}

test_template() { locked make_test_template; }
shop_template() { locked make_shop_template; }
