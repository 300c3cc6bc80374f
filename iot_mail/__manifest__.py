{
    'name': "IoT Activities",
    'summary': "Schedule an activity before the HTTPS certificate of an IoT box ends",
    'category': 'Internet of Things (IoT)',
    'description': " ",  # the app page is not README.md
    'images': ['static/description/banner.png'],
    'version': '19.0.1.0.0',
    'author': "IoT for Odoo contributors",
    'license': 'LGPL-3',
    'depends': ['iot', 'mail'],
    'data': [
        'data/mail_activity_type_data.xml',
        'views/iot_box_views.xml',
    ],
    'auto_install': True,
    'uninstall_hook': 'uninstall_hook',
}
