"""Scheduled actions of several steps, of which one that fails keeps no other from being done."""

import logging

from odoo.service.model import retrying

from ..exceptions import IotError

_logger = logging.getLogger(__name__)


def run_step(step, env):
    """Do a part of a scheduled action and commit it; try it again after a conflict.

    Boxes come and go meanwhile, each in a transaction of its own. What fails is undone; what is no
    error of this addon's, which its caller knows to note, is logged.

    :param step: to be called without arguments, several times perhaps
    :type step: collections.abc.Callable[[], object]
    :param odoo.api.Environment env: of the scheduled action
    :raise IotError: of the step
    """
    try:
        retrying(step, env)
    except IotError:
        env.cr.rollback()
        raise
    except Exception:
        env.cr.rollback()
        _logger.exception("A step of a scheduled action has failed")
