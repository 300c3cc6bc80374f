from . import models


def uninstall_hook(env):
    """Leave no point of sale that looks for a box by Point of Sale's own way, without an address.

    It would be looked for without end (contract section 12.2).
    """
    configs = env['pos.config'].with_context(active_test=False)
    configs.search([('iot_box_id', '!=', False)]).iot_box_id = False
