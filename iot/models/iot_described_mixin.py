from odoo import api, models


class IotDescribedMixin(models.AbstractModel):
    """Records that boxes describe, and of which people set only what is theirs.

    Elsewhere ``readonly`` is a matter of views. Here such a field says what a box is and where it
    belongs: whoever may write the record could else make it another company's box.
    """

    _name = 'iot.described.mixin'
    _description = "Described by an IoT Box"

    @api.model
    def _has_field_access(self, field, operation):
        """Override: only methods, as superuser, write fields that are read only."""
        is_closed = operation == 'write' and field.readonly and not self.env.su
        return not is_closed and super()._has_field_access(field, operation)
