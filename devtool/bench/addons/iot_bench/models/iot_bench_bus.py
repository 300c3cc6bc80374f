from odoo import api, models


class IotBenchBus(models.AbstractModel):
    """A bare message to a box, which is no request: nothing is noted, nothing awaited."""

    _name = 'iot.bench.bus'
    _description = "Bare Messages to Boxes"

    @api.model
    def send(self, box_id, number):
        box = self.env['iot.box'].browse(box_id)
        box._bus_send(
            'iot_bench/asked', {'number': number, 'partner_id': self.env.user.partner_id.id}
        )
        return True
