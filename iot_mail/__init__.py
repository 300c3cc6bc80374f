from . import models


def uninstall_hook(env):
    """Leave no activity that could not be marked as done any more."""
    activities = env['mail.activity'].with_context(active_test=False)
    activities.search([('res_model', '=', 'iot.box')]).unlink()
