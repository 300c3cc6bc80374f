{
    'name': "IoT",
    'summary': "Connect stock IoT boxes with their printers, scales and displays",
    'category': 'Internet of Things (IoT)',
    'description': " ",  # the app page is not README.md
    'images': ['static/description/banner.png'],
    'version': '19.0.1.0.0',
    'author': "IoT for Odoo contributors",
    'license': 'LGPL-3',
    'depends': ['base_setup', 'bus', 'iot_base'],
    'external_dependencies': {'python': ['cryptography']},
    'data': [
        'security/iot_groups.xml',
        'security/ir.model.access.csv',
        'security/iot_rules.xml',
        'views/iot_log_views.xml',
        'data/ir_cron_data.xml',
        'views/iot_move_views.xml',
        'views/iot_box_views.xml',
        'views/iot_device_views.xml',
        'views/iot_token_views.xml',
        'views/iot_connection_attempt_views.xml',
        'views/iot_tombstone_views.xml',
        'views/res_config_settings_views.xml',
        'views/iot_certificate_views.xml',
        'views/iot_acme_views.xml',
        'views/root_certificate_templates.xml',
        'views/iot_menus.xml',
    ],
    'assets': {
        'web.assets_backend': [
            'iot/static/src/**/*',
        ],
        'web.assets_unit_tests': [
            'iot/static/tests/**/*',
            ('remove', 'iot/static/tests/tours/**/*'),
        ],
        'web.assets_tests': [
            'iot/static/tests/tours/**/*',
        ],
    },
    'application': True,
}
