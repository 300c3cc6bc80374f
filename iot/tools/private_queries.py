"""Keep what people print out of the log of the server: Odoo logs a query that fails as a whole."""

import logging


class PrivateInserts(logging.Filter):
    """Let a log tell of a failed insert into a table no more than that.

    :param str table: its name in the database
    """

    def __init__(self, table):
        super().__init__()
        self._start = f'INSERT INTO "{table}"'

    def filter(self, record):
        """Override: Odoo's record has the query, as text or bytes, and the error."""
        if record.args and self._start in str(record.args[0]):
            # the error has the value that exists already
            record.args = (f'{self._start} …', *(type(error).__name__ for error in record.args[1:]))
        return True
