import os
from unittest.mock import patch

from odoo.tools import config

from .common import IotCommon


class EligibilityCommon(IotCommon):
    """A database in production with a subscription: boxes may have certificates.

    A server that runs tests is none in production, so it is made to believe that it runs none.
    """

    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(config.options, {'test_enable': False, 'dev_mode': []}))
        self.enterContext(patch.dict(os.environ))
        os.environ.pop('ODOO_STAGE', None)
        self.set_params(
            {
                'database.is_neutralized': False,
                'database.enterprise_code': 'M26030200000001',
                'database.expiration_date': '2027-03-02 00:00:00',
                'database.expiration_reason': 'renewal',
                'iot.own_authority_without_subscription': False,
                'iot.certificate_authority': False,
            }
        )
        self.box = self.connect()[0]

    def set_params(self, values):
        for name, value in values.items():
            self.env['ir.config_parameter'].set_param(name, value)
