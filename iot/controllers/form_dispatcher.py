"""Plain HTTP as IoT boxes speak it beside JSON-RPC: forms, and addresses without a body.

A box never sends a CSRF token (contract section 2), and takes any answer of 4xx for "no".
"""

from werkzeug.exceptions import BadRequest, ServiceUnavailable

from odoo.http import HttpDispatcher

from ..exceptions import IotError
from ..models.failures import MOMENTARY

# of a route, which adds `methods` and `max_content_length`
FORM_ROUTE = {'type': 'iot_form', 'auth': 'iot_box', 'csrf': False, 'save_session': False}


class FormDispatcher(HttpDispatcher):
    """Dispatcher of ``@route(type='iot_form', csrf=False)``: an `IotError` is a 400 in words,
    what passes by itself a 503."""

    routing_type = 'iot_form'

    def dispatch(self, endpoint, args):
        self.request.params = {**self.request.get_http_params(), **args}
        self.request.params.pop('self', None)  # the name of the controller in all endpoints
        return self.request.registry['ir.http']._dispatch(endpoint)

    def handle_error(self, exc):
        if isinstance(exc, IotError):
            exc = BadRequest(exc.message)
        elif isinstance(exc, MOMENTARY):
            exc = ServiceUnavailable()
        return super().handle_error(exc)
