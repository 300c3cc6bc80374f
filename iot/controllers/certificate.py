"""The routes for HTTPS certificates of boxes (contract sections 3.4 and 6.2)."""

from odoo.http import Controller, request, route

from ..const import MAX_CERTIFICATE_BYTES
from ..tools.certificate_status import CertificateStatus

ROUTE = {
    'type': 'iot_box',
    'auth': 'public',
    'methods': ['POST'],
    'save_session': False,
    'max_content_length': MAX_CERTIFICATE_BYTES,
}


class IotCertificateController(Controller):
    STATUS_URL = '/iot/box/update_certificate_status'

    @route(STATUS_URL, **ROUTE)
    def update_certificate_status(self, **params):
        """Take in until when a box has a certificate; strangers are answered the same."""
        status = CertificateStatus.parse(params)
        source = request.httprequest.remote_addr
        request.env['iot.box']._receive_certificate_status(status, source=source)
        return True
