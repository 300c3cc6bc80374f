"""Stopping transactions half way: nobody can write to a table for a while."""

from contextlib import closing, contextmanager

import psycopg2

# for the table, or for a row that one of those has changed
_AWAITED = """
    select count(*) from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()
"""


@contextmanager
def held(server, table):
    """Keep everybody from writing to a table: whoever tries waits, with all it has written so far.

    :return: a function that counts those who wait
    """
    with closing(psycopg2.connect(server.dsn)) as connection, connection.cursor() as cursor:
        cursor.execute(f"lock table {table} in exclusive mode")

        def count():
            cursor.execute("select pg_stat_clear_snapshot()")  # or it answers the same for ever
            cursor.execute(_AWAITED)
            return cursor.fetchone()[0]

        yield count
        connection.close()
