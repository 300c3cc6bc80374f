from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from ..tools.certificate_status import CertificateStatus
from .common import IotCommon

WATCH_LOGGER = 'odoo.addons.iot.models.iot_box_watch'
HOME = '192.168.1.20'


class AlertCommon(MockSmtplibCase, IotCommon):
    """Kim is responsible for a box in the kitchen, which has a certificate perhaps."""

    def setUp(self):
        super().setUp()
        self._init_mail_servers()
        self.keeper = new_test_user(
            self.env, 'keeper', 'base.group_user', name="Kim", email='kim@example.com', tz='UTC'
        )
        self.box, _secret, _channel = self.connect(source=HOME)
        self.box.with_user(self.manager).write({'name': "Kitchen", 'responsible_id': self.keeper})
        # postcommit hooks open a cursor: the one of this test
        self.registry_enter_test_mode()

    def tell(self, end_date):
        """Let the box say until when it has a certificate, as it does at each start."""
        status = CertificateStatus(self.box.identifier, end_date)
        boxes = self.env['iot.box'].with_user(self.public_user)
        boxes._receive_certificate_status(status, source=HOME)

    def watch(self, now, *, is_online=False):
        """Look at all boxes at that time; return the emails and notifications that go out."""
        self.clock.move_to(now)
        if is_online:
            self.box.websocket_opened_at = now
            self.beat()
        self.env.invalidate_all()
        self.forget_notifications()
        self.env.cr.postcommit.clear()
        with self.mock_smtplib_connection(), mute_logger(WATCH_LOGGER):
            self.env['iot.box']._watch(now)
            told = self.notifications('simple_notification')
            self.env.cr.postcommit.run()
        return self.emails, told
