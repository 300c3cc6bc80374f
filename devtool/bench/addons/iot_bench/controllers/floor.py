"""The floors: routes of the same server that do nothing, or nothing but send a message."""

from odoo.http import Controller, request, route

ROUTE = {'type': 'jsonrpc', 'auth': 'public', 'methods': ['POST'], 'save_session': False}


class FloorController(Controller):
    @route('/iot_bench/nothing', **ROUTE)
    def nothing(self):
        return True

    @route('/iot_bench/search', **ROUTE)
    def search(self):
        """Search one record of Odoo's own by its unique key."""
        # sudo - ir.config_parameter: of a database that is made to be measured
        parameters_sudo = request.env['ir.config_parameter'].sudo()
        return len(parameters_sudo.search_fetch([('key', '=', 'web.base.url')], ['key', 'value']))

    @route('/iot_bench/answer', **ROUTE)
    def answer(self, partner_id, number):
        """Tell a partner that a message has arrived, as a box would."""
        # sudo - res.partner: of a database that is made to be measured
        partner_sudo = request.env['res.partner'].sudo().browse(partner_id)
        partner_sudo._bus_send('iot_bench/answered', {'number': number})
        return True
