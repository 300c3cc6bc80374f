from unittest.mock import patch

from odoo.tools import mute_logger

from .. import const
from ..tools.authorities import odoo
from .certificate_common import CertificateCommon
from .odoo_service import OdooServiceMixin

CRON = 'iot.iot_wildcard_cron_issue'


class WildcardCommon(OdooServiceMixin, CertificateCommon):
    """Certificates come from Odoo's service, which runs in this process."""

    def setUp(self):
        super().setUp()
        self.set_params({const.CERTIFICATE_AUTHORITY_PARAMETER: const.ODOO_AUTHORITY})
        init = odoo.OdooAuthority.__init__
        url = self.service.url
        self.enterContext(
            patch.object(
                odoo.OdooAuthority,
                '__init__',
                lambda self, uuid, code: init(self, uuid, code, url=url),
            )
        )
        self.env['ir.cron.trigger'].search([]).unlink()

    @mute_logger('odoo.addons.iot.models.iot_wildcard')
    def run_cron(self, name=CRON):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()

    def triggers(self, name=CRON):
        cron = self.env.ref(name)
        return self.env['ir.cron.trigger'].search([('cron_id', '=', cron.id)]).mapped('call_at')

    @property
    def wildcard(self):
        return self.env['iot.wildcard'].search([])

    def events(self):
        return self.env['iot.certificate.event'].search([]).mapped('code')
