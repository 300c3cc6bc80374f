"""JSON-RPC as IoT boxes speak it, for callers that may be anybody.

It differs from Odoo's own ``jsonrpc`` in what a stranger gets to see: never a traceback nor the
text of an unexpected error, and a body that is not ``{"params": {...}}`` is answered in words.
Boxes send ``{"params": {...}}`` only (contract section 2) and read ``result``; an ``error`` counts
as an answer for them, which they do not ask again. So what only lasts for a moment, say a database
that restarts, is told by the status of HTTP: a box then posts its setup again (section 3.2).
"""

from werkzeug.exceptions import HTTPException

from odoo.http import JsonRPCDispatcher

from ..exceptions import BrokerError, IotError, MalformedPayload, PairingExpired
from ..models.failures import MOMENTARY

# of a route, which adds `max_content_length`
BOX_ROUTE = {'type': 'iot_box', 'auth': 'iot_box', 'methods': ['POST'], 'save_session': False}

CODES = {'malformed': 400}
REFUSED = 403
UNEXPECTED = {'code': 500, 'message': "The server could not handle this request."}
SERVICE_UNAVAILABLE = 503


class BoxDispatcher(JsonRPCDispatcher):
    """Dispatcher of ``@route(type='iot_box')``. An endpoint raises or returns an `IotError`.

    Raised, it undoes the transaction; returned, what was written (a ledger row) stays.
    """

    routing_type = 'iot_box'

    def dispatch(self, endpoint, args):
        try:
            body = self.request.get_json_data()
        except ValueError as error:  # includes wrong encodings and absurd numbers
            raise MalformedPayload("The body must be JSON.") from error
        except RecursionError as error:
            raise MalformedPayload("The body is nested too deeply.") from error
        params = body.get('params', {}) if isinstance(body, dict) else None
        if not isinstance(params, dict):
            raise MalformedPayload('The body must be an object {"params": {...}}.')
        self.jsonrequest, self.request_id = body, body.get('id')
        self.request.params = {**params, **args}
        self.request.params.pop('self', None)  # the name of the controller in all endpoints
        return self._response(self.request.registry['ir.http']._dispatch(endpoint))

    def handle_error(self, exc):
        if isinstance(exc, IotError):
            return self._response(exc)
        if isinstance(exc, HTTPException):
            return self._response(error={'code': exc.code, 'message': exc.name})
        response = self._response(error=UNEXPECTED)  # ``odoo.http`` has logged it
        if isinstance(exc, MOMENTARY):
            response.status_code = SERVICE_UNAVAILABLE
        return response

    def _response(self, result=None, error=None):
        if isinstance(result, IotError):
            error, result = self._wire_error(result), None
        return super()._response(result, error)

    @staticmethod
    def _wire_error(error):
        if isinstance(error, PairingExpired):
            return 'expired'  # the one word that makes a box stop to ask (contract section 6.1)
        wire_error = {'code': CODES.get(error.code, REFUSED), 'message': error.message}
        if isinstance(error, BrokerError):
            wire_error['data'] = {'code': error.code}
        return wire_error
