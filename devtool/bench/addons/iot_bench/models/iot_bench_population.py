from odoo import api, fields, models

from odoo.addons.iot.tools import connection_token
from odoo.addons.iot.tools.setup_payload import SetupPayload


class IotBenchPopulation(models.AbstractModel):
    """Boxes as they are after their first setup, many of them in one transaction."""

    _name = 'iot.bench.population'
    _description = "Many Connected Boxes"

    @api.model
    def add(self, setups):
        """Make boxes.

        :param list[dict] setups: ``params`` of the setup that each of them is going to post
        """
        payloads = [SetupPayload.parse(**setup) for setup in setups]
        now = fields.Datetime.now()
        # sudo - iot.*: of a database that is made to be measured
        env = self.sudo().env
        boxes = env['iot.box'].create([self._box(payload, now) for payload in payloads])
        env['iot.token'].create(
            [self._token(*pair, now) for pair in zip(boxes, payloads, strict=True)]
        )
        env['iot.device'].create(
            [
                {
                    **env['iot.device']._prepare_values(announced),
                    'box_id': box.id,
                    'identifier': announced.identifier,
                    'name': announced.name,
                    'subtype': announced.subtype,
                }
                for box, payload in zip(boxes, payloads, strict=True)
                for announced in payload.devices
            ]
        )
        return boxes.ids

    def _box(self, payload, now):
        return {
            'name': f"Box {payload.identifier}",
            'identifier': payload.identifier,
            'mac': payload.mac,
            'ip': payload.ip,
            'version': payload.version,
            'company_id': self.env.company.id,
            'connected_by_id': self.env.uid,
            'connected_at': now,
            'contact_at': now,
            'setup_source': '127.0.0.1',
        }

    def _token(self, box, payload, now):
        # sudo - ir.config_parameter: as in `iot.token`
        database_secret = self.env['ir.config_parameter'].sudo().get_param('database.secret')
        channel = connection_token.channel_name(database_secret, payload.token)
        return {
            'index': connection_token.token_index(payload.token),
            'token_hash': connection_token.digest(payload.token),
            'channel_hash': connection_token.digest(channel),
            'company_id': self.env.company.id,
            'expires_at': now,
            'box_id': box.id,
            'used_at': now,
            'used_from': '127.0.0.1',
        }
