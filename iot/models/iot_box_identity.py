from odoo import api, fields, models


class IotBox(models.Model):
    """Which box an anonymous post speaks of.

    Most posts of a box carry nothing but its identifier, which is printed on it (contract section
    2.1). They count as hints, and only from the address that the box last proved its token from
    (contract section 14.2).
    """

    _inherit = 'iot.box'

    setup_source = fields.Char(
        "Set up from",
        readonly=True,
        copy=False,
        groups='iot.group_iot_manager',
        help="Network address of the last setup, as this server sees it.",
    )

    @api.model
    def _find_renamed(self, payload, token):
        """Return the box that had another identifier with another version of its software.

        It was the MAC address before 19.0 (contract section 15).

        :param tools.setup_payload.SetupPayload payload: of an identifier that no box has
        :param iot.token token: that it presents, or none; one that was used belongs to one box
        :return: the box, whose token is still to be checked, or none
        """
        if not token or not payload.mac:
            return self.browse()
        boxes = self.search([('mac', '=', payload.mac)]).filtered(
            lambda box: payload.mac in (box.identifier.lower(), payload.identifier.lower())
        )
        if token.used_at:
            boxes &= token.box_id
        return boxes if len(boxes) == 1 else boxes.browse()

    @api.model
    def _identify(self, identifier, *, source, field_names=None):
        """Return the box that an anonymous post names, or none.

        :param str identifier: serial number or, from clients of before 19.0, MAC address
        :param str source: network address that the post came from
        :param field_names: what is going to be read of it, everything if None
        :type field_names: tuple[str] | None
        :return: the box as superuser: the caller decides what such a post may do
        """
        # sudo - iot.box: the caller is anonymous; what it may do with the box is little
        boxes_sudo = self.sudo().search_fetch(
            [
                '|',
                ('identifier', '=', identifier),
                ('mac', '=', identifier.lower()),
                ('setup_source', '=', source),
            ],
            field_names and ('identifier', *field_names),
        )
        # two computers may report one MAC address (a dock, a virtual machine): then nobody is meant
        return next(
            (box for box in boxes_sudo if box.identifier == identifier),
            boxes_sudo if len(boxes_sudo) == 1 else boxes_sudo.browse(),
        )
