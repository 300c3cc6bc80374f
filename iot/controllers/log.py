"""The logs of boxes: how they come (contract section 3.9) and how people take them along."""

from werkzeug.exceptions import RequestEntityTooLarge

from odoo.http import Controller, content_disposition, request, route

from ..const import MAX_LOG_BYTES
from ..tools.box_log import BoxLog
from .form_dispatcher import FORM_ROUTE


class IotLogController(Controller):
    @route('/iot/log', methods=['POST'], max_content_length=MAX_LOG_BYTES, **FORM_ROUTE)
    def log(self):
        """Take in what a box has logged; strangers are answered the same.

        :return: an empty text: boxes do not read it
        :rtype: odoo.http.Response
        """
        body = request.httprequest.get_data()
        if len(body) >= MAX_LOG_BYTES:  # Werkzeug cuts a chunked body there without a word
            raise RequestEntityTooLarge
        request.env['iot.log']._store(BoxLog.parse(body), source=request.httprequest.remote_addr)
        return request.make_response('')

    @route('/iot/box/<model("iot.box"):box>/logs', type='http', auth='user', readonly=True)
    def download(self, box):
        """Return the logs of a box as a file for an administrator.

        :rtype: odoo.http.Response
        :raise AccessError: for anybody else
        """
        box.check_access('read')
        filename = f'{box.identifier}.log'
        return request.make_response(
            box.log_ids._write_out(),
            headers=[
                ('Content-Type', 'text/plain; charset=utf-8'),
                ('Content-Disposition', content_disposition(filename)),
            ],
        )
