"""Failures that concern nobody else: of a moment, or of one of many."""

import logging
from contextlib import contextmanager

from psycopg2 import InterfaceError, OperationalError
from psycopg2.pool import PoolError

from odoo.exceptions import ConcurrencyError

_logger = logging.getLogger(__name__)

# What passes by itself: conflicts, a database that restarts, too many connections to it.
MOMENTARY = (ConcurrencyError, InterfaceError, OperationalError, PoolError)


@contextmanager
def contained(cr, failure, *args):
    """Do something that, if it fails, is undone and logged, and keeps nothing else from happening.

    What is momentary is raised all the same: Odoo tries the whole transaction again.

    :param odoo.sql_db.BaseCursor cr: of the transaction
    :param str failure: what to log, with ``args``
    """
    cr.flush()  # what fails of that is another failure
    try:
        with cr.savepoint():
            yield
    except MOMENTARY:
        raise
    except Exception:
        _logger.exception(failure, *args)
