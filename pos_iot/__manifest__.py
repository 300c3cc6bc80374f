{
    'name': "IoT for Point of Sale",
    'summary': "Print, weigh, scan and display with the devices of an IoT box",
    'category': 'Sales/Point of Sale',
    'description': " ",  # the app page is not README.md
    'images': ['static/description/banner.png'],
    'version': '19.0.1.0.0',
    'author': "IoT for Odoo contributors",
    'license': 'LGPL-3',
    'depends': ['iot', 'point_of_sale'],
    'data': [
        'security/ir.model.access.csv',
        'security/pos_iot_rules.xml',
        'views/iot_box_views.xml',
        'views/pos_config_views.xml',
        'views/pos_printer_views.xml',
        'views/res_config_settings_views.xml',
    ],
    'assets': {
        'web.assets_backend': [
            'pos_iot/static/src/backend/**/*',
        ],
        'point_of_sale._assets_pos': [
            'iot/static/src/action/**/*',
            'iot/static/src/discovery/address_space.js',
            'iot/static/src/discovery/box_request.js',
            'iot/static/src/discovery/ipv4.js',
            'iot/static/src/discovery/permission.js',
            'pos_iot/static/src/app/**/*',
        ],
        'web.assets_unit_tests': [
            'pos_iot/static/tests/unit/**/*',
        ],
    },
    'auto_install': True,
    'uninstall_hook': 'uninstall_hook',
}
