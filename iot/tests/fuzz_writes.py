from contextlib import contextmanager


class FuzzWrites:
    """A counter of rows that were written, by whichever code: PostgreSQL counts them."""

    def setUp(self):
        super().setUp()
        self.env.cr.execute(
            "SELECT oid, relname FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        self.tables = dict(self.env.cr.fetchall())

    @contextmanager
    def undo_writes(self):
        """Undo what is written meanwhile.

        :return: a set to which the names of the tables are added in the end where a row was
            written; also where that was undone before
        """
        tables = set()
        before = self._count_writes()
        self.env.cr.execute("SAVEPOINT fuzz")
        try:
            yield tables
        finally:
            # released, or ten thousand of them would lie in each other, each with a lock
            self.env.cr.execute("ROLLBACK TO SAVEPOINT fuzz; RELEASE SAVEPOINT fuzz")
        after = self._count_writes()
        tables.update(table for table in after if after[table] != before.get(table))

    def _count_writes(self):
        """Return how many rows this transaction has written in each table, where any."""
        self.env.cr.execute(
            """
            SELECT oid, writes
              FROM unnest(%s::oid[]) AS oid,
                   LATERAL (SELECT pg_stat_get_xact_tuples_inserted(oid)
                                 + pg_stat_get_xact_tuples_updated(oid)
                                 + pg_stat_get_xact_tuples_deleted(oid) AS writes) AS counts
             WHERE writes > 0
            """,
            [list(self.tables)],
        )
        return {self.tables[oid]: count for oid, count in self.env.cr.fetchall()}
