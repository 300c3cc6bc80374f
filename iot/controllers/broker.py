"""The routes of the pairing broker: boxes ask for and about codes, databases claim them."""

from odoo.http import Controller, request, route

from ..const import MAX_BROKER_BYTES, SERVE_OTHERS_PARAMETER
from ..exceptions import BrokerError
from ..models.iot_broker_guesser import STRANGERS
from ..tools.broker_client import CLAIM_PATH
from ..tools.broker_payload import PairingClaim, PairingPoll
from ..tools.source_network import source_network
from .box_dispatcher import BOX_ROUTE


class IotBrokerController(Controller):
    POLL_URL = '/odoo-enterprise/iot/connect-box'
    CLAIM_URL = CLAIM_PATH

    @route(POLL_URL, max_content_length=MAX_BROKER_BYTES, **BOX_ROUTE)
    def connect_box(self, serial_number=None, pairing_code=None, pairing_uuid=None):
        """Give a box a code, or tell it what became of it (contract section 6.1).

        :return: the code and its uuid; or what a database handed over; or nothing yet
        :rtype: dict[str, str]
        """
        poll = PairingPoll.parse(serial_number, pairing_code, pairing_uuid)
        # sudo - iot.broker.pairing: a code opens nothing by itself; the box asks on by its uuid
        pairing_sudo = request.env['iot.broker.pairing'].sudo()
        if poll.uuid:
            return pairing_sudo._poll(poll.code, poll.uuid)
        code, uuid = pairing_sudo._register_box(
            poll.serial_number, source=request.httprequest.remote_addr
        )
        return {'pairing_code': code, 'pairing_uuid': uuid}

    @route(CLAIM_URL, max_content_length=MAX_BROKER_BYTES, **BOX_ROUTE)
    def connect_db(
        self, pairing_code=None, url=None, token=None, db_uuid=None, enterprise_code=None
    ):
        """Claim a code for another database, if this one serves others.

        :return: the serial number of the box
        :rtype: dict[str, str] | BrokerError
        """
        # sudo - ir.config_parameter: whether strangers may ask is no secret
        if not request.env['ir.config_parameter'].sudo().get_param(SERVE_OTHERS_PARAMETER):
            return BrokerError('disabled')
        claim = PairingClaim.parse(pairing_code, url, token, db_uuid, enterprise_code)
        # sudo - iot.broker.pairing: who knows the code stands before the box
        pairing_sudo = request.env['iot.broker.pairing'].sudo()
        serial_number = pairing_sudo._claim(
            claim.code,
            guessers=[f'address {source_network(request.httprequest.remote_addr)}', STRANGERS],
            url=claim.url,
            token=claim.token,
            db_uuid=claim.db_uuid,
            enterprise_code=claim.enterprise_code,
        )
        if isinstance(serial_number, BrokerError):
            return serial_number
        return {'serial_number': serial_number}
