{
    'name': "IoT benchmark",
    'summary': "What the benchmark compares with; never part of a database in use",
    'author': "IoT for Odoo",
    'license': 'LGPL-3',
    'version': '19.0.1.0.0',
    'category': 'Hidden',
    'depends': ['iot'],
    'installable': True,
}
