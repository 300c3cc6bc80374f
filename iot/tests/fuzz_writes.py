from contextlib import contextmanager


class FuzzWrites:
    """A counter of rows that were written, by whichever code: PostgreSQL counts them."""

    def setUp(self):
        super().setUp()
        self.env.cr.execute(
            r"SELECT oid, relname FROM pg_class WHERE relkind = 'r' AND (relname LIKE 'iot\_%'"
            " OR relname IN ('bus_bus', 'ir_config_parameter', 'res_users', 'ir_attachment'))"
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
        yield tables
        self.env.cr.execute("ROLLBACK TO SAVEPOINT fuzz")
        after = self._count_writes()
        tables.update(table for table in after if after[table] != before[table])

    def _count_writes(self):
        self.env.cr.execute(
            """
            SELECT oid, pg_stat_get_xact_tuples_inserted(oid)
                      + pg_stat_get_xact_tuples_updated(oid)
                      + pg_stat_get_xact_tuples_deleted(oid)
              FROM unnest(%s::oid[]) AS oid
            """,
            [list(self.tables)],
        )
        return {self.tables[oid]: count for oid, count in self.env.cr.fetchall()}
