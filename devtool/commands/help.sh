# shellcheck shell=bash
cat <<'TEXT'
./dev setup            install all that is missing: Odoo 19, Python and its packages, PostgreSQL, Chromium, linters
./dev run              Odoo on 127.0.0.1:8069 with the addons and Point of Sale, and two stock IoT boxes to pair
    --boxes N  --no-pos  --port N  --db NAME  --fresh
./dev test [filter]    all tests, or one: TestClass, TestClass.test_name, .test_name, /iot:TestClass, system_tests/test_file.py::test_name
    core_pos: those of Point of Sale itself that touch printers, proxy, scanners and display
./dev matrix           versions of boxes and ways to run Odoo: test_matrix.py alone, its table goes into README.md
./dev lint             all linters
./dev wheel            a wheel of each addon, for pip, in .dev/dist
./dev pictures         take the pictures of the documents anew
./dev translations     bring i18n/ to what the code says, and tell what has to be translated
./dev box ...          one virtual box (./dev box --help)
./dev odoo ...         Odoo's own command line, say: ./dev odoo shell -d iot
./dev psql ...         PostgreSQL's client on the private cluster
./dev stop             stop the private PostgreSQL cluster
./dev clean            stop it and remove everything below .dev
./dev bench [figure…]  benchmarks, see BENCHMARKS.md (./dev bench --help)
Environment: DEV_STATE (instead of .dev), ODOO_HOME (an Odoo 19 checkout instead of Debian's package).
TEXT
