# shellcheck shell=bash
# All tests, or those a filter names: Odoo's own runner with our addons first (Python tests, Hoot
# tests and tours in a headless browser), then system_tests/ (real servers, stock boxes) by pytest.

[ $# -le 1 ] || die "./dev test takes one filter"
filter=${1:-}

# addons_asked_for: those of ours that the filter can mean
addons_asked_for() {
  our_addons | while read -r addon; do
    case $filter in
      '') echo "$addon" ;;
      */*) [[ ",$filter" =~ ,/$addon([:.,]|$) ]] && echo "$addon" ;;
      *)   # a name of a test
        local words=${filter//[:.]/ }
        grep -rqsw --include='*.py' -- "${words##* }" "$ROOT/$addon/tests" && echo "$addon" ;;
    esac || true
  done
}

# tags_in ADDON...: the filter as Odoo's tag for it in each of these
tags_in() {
  case $filter in
    */*) printf '%s' "$filter" ;;
    '' | :* | .*) printf '%s\n' "$@" | sed "s#.*#/&$filter#" | paste -sd, ;;   # .test_name
    *) printf '%s\n' "$@" | sed "s#.*#/&:$filter#" | paste -sd, ;;   # TestClass, TestClass.test_name
  esac
}

# odoo_tests ADDON...: on a copy of TEMPLATE
odoo_tests() {
  local tags
  tags=$(tags_in "$@")
  # shellcheck source=/dev/null
  . "$ROOT/devtool/tests/odoo.sh"
}

ready
counts=$(mktemp "$TMPDIR/counts.XXXXXX")
rc=0
case $filter in
  system_tests*) ;;
  *)
    mapfile -t asked < <(addons_asked_for)
    mapfile -t plain < <(comm -12 <(printf '%s\n' "${asked[@]}" | sort) <(plain_addons | sort))
    mapfile -t on_pos < <(comm -12 <(printf '%s\n' "${asked[@]}" | sort) <(pos_addons | sort))
    if [ ${#plain[@]} != 0 ]; then
      test_template
      odoo_tests "${plain[@]}"
    fi
    # where all is installed: tests of addons that are not ours, too, and names that nobody knows
    if [ ${#on_pos[@]} != 0 ] || [ ${#asked[@]} = 0 ]; then
      shop_template
      odoo_tests "${on_pos[@]}"
    fi
    ;;
esac
case $filter in
  '' | system_tests*)
    case $filter in '' | system_tests | system_tests/test_pos_*) shop_template; SHOP=$TEMPLATE ;; esac
    test_template
    # shellcheck source=/dev/null
    . "$ROOT/devtool/tests/system.sh"
    ;;
esac
"$PY" "$ROOT/devtool/tests/total.py" "$counts" || rc=1
rm -f "$counts"
exit "$rc"
