"""What the log of a server tells of its failures."""

import re

# each record begins with a date; a traceback belongs to the one before
_RECORD = re.compile(r"(?m)^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} )")
_BAD = re.compile(
    r"^\S+ \S+ \d+ (ERROR|CRITICAL) |^Traceback|maximum number of tries reached", re.M
)

# after these Odoo tries the whole request again; should that be in vain, there is another record
_CONFLICT = re.compile(
    r"odoo\.sql_db: bad query: .*"
    r"(could not serialize access|could not obtain lock|duplicate key value)",
    re.DOTALL,
)
# of a server whose database has just died
LOST_DATABASE = (
    r"psycopg2\.(OperationalError|InterfaceError)|server closed the connection"
    r"|connection to server|terminating connection|the database system is"
)

# of one that ends: it closes all cursors, also of threads that note the end of websockets
STOPPING = r"cursor already closed"


def errors(log, explained=None):
    """
    :param explained: pattern of those that are no surprise
    :return: the records of errors, and of requests that conflicted once too often
    """
    found = [record for record in _RECORD.split(log) if _BAD.search(record)]
    return [
        record
        for record in found
        if not _CONFLICT.search(record) and not (explained and re.search(explained, record))
    ]
