"""The routes for HTTPS certificates of boxes (contract sections 3.4 and 6.2)."""

from odoo.http import Controller, request, route

from ..const import MAX_CERTIFICATE_BYTES
from ..tools.certificate_payload import BoxCertificatePayload, ContractCertificatePayload
from ..tools.certificate_status import CertificateStatus
from .box_dispatcher import BOX_ROUTE


class IotCertificateController(Controller):
    STATUS_URL = '/iot/box/update_certificate_status'
    BOX_URL = '/iot/box/certificate'
    CONTRACT_URL = '/odoo-enterprise/iot/x509'

    @route(STATUS_URL, max_content_length=MAX_CERTIFICATE_BYTES, **BOX_ROUTE)
    def update_certificate_status(self, **params):
        """Take in until when a box has a certificate; strangers are answered the same."""
        status = CertificateStatus.parse(params)
        source = request.httprequest.remote_addr
        request.env['iot.box']._receive_certificate_status(status, source=source)
        return True

    @route(BOX_URL, max_content_length=MAX_CERTIFICATE_BYTES, **BOX_ROUTE)
    def certificate(self, **params):
        """Give a box that shows its token a certificate, or an error in words."""
        payload = BoxCertificatePayload.parse(params)
        certificates = request.env['iot.certificate']
        return certificates._wire_answer(certificates._issue_for_box(payload))

    @route(CONTRACT_URL, max_content_length=MAX_CERTIFICATE_BYTES, **BOX_ROUTE)
    def x509(self, **params):
        """Give a box the wildcard of this database, or an error in words (contract 6.2)."""
        payload = ContractCertificatePayload.parse(params)
        source = request.httprequest.remote_addr
        certificates = request.env['iot.certificate']
        return certificates._wire_answer(certificates._issue_by_contract(payload, source=source))
