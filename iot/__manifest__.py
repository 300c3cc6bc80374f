{
    'name': "IoT",
    'summary': "Connect stock IoT boxes and their printers, scales and displays",
    'category': 'Inventory/IoT',
    'version': '19.0.1.0.0',
    'author': "IoT for Odoo contributors",
    'license': 'LGPL-3',
    'depends': ['iot_base', 'bus', 'web'],
    'application': True,
}
