# shellcheck shell=bash
# What system tests and benchmarks work with: IOT_DEV_*, and a network of their own.

# system_environment: after ready and a template; sets OWN_NETWORK, empty where there is none
system_environment() {
  local refusal
  export IOT_DEV_ROOT=$ROOT IOT_DEV_STATE=$STATE IOT_DEV_ODOO=$ODOO IOT_DEV_ODOO_PKG=$ODOO_PKG \
    IOT_DEV_PYTHON=$PY IOT_DEV_CONF=$CONF IOT_DEV_TEMPLATE=$TEMPLATE IOT_DEV_SHOP_TEMPLATE=${SHOP:-}
  IOT_DEV_CHROMIUM=$(browser)
  export IOT_DEV_CHROMIUM
  PATH=$PATH:/usr/sbin
  OWN_NETWORK=(unshare --user --map-current-user --keep-caps --net "$ROOT/devtool/tests/own_network.sh")
  if refusal=$("${OWN_NETWORK[@]}" true 2>&1); then
    export IOT_DEV_OWN_NETWORK=yes
  else
    say "no network namespace for this account: $refusal"
    OWN_NETWORK=()
  fi
}
