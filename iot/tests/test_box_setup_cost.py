"""What a setup costs: after a restart of the server, all boxes may send theirs at once."""

from datetime import timedelta

from .common import PRINTER, IotCommon

SERIAL = '10000000abcd1234'
SIZES = (1, 10, 50)


class TestBoxSetupCost(IotCommon):
    def devices(self, count, **values):
        return {f'printer-{number}': {**PRINTER, **values} for number in range(count)}

    def count_queries(self, *args):
        self.env.flush_all()
        self.env.invalidate_all()
        self.clock.tick(timedelta(seconds=10))
        before = self.env.cr.sql_log_count
        self.assertTrue(self.set_up(*args))
        return self.env.cr.sql_log_count - before

    def count_row_writes(self):
        """Return the rows this transaction has inserted, updated or deleted so far."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_all_tables"
        )
        return self.env.cr.fetchone()[0]

    def connect_boxes(self):
        """Return a secret for each size of box, connected as after its first start."""
        secrets = {}
        for size in SIZES:
            _box, secrets[size], _channel = self.connect(f'{SERIAL}-{size}')
        self.connect(f'{SERIAL}-warm', self.devices(1))  # fills Odoo's own caches
        return secrets

    def assertFlat(self, secrets, limit, devices_of):
        counts = [
            self.count_queries(f'{SERIAL}-{size}', secrets[size], devices_of(size))
            for size in SIZES
        ]
        self.assertEqual(len(set(counts)), 1, f"queries for {SIZES} devices: {counts}")
        self.assertLessEqual(counts[0], limit)

    def test_queries_do_not_grow_with_the_number_of_devices(self):
        secrets = self.connect_boxes()
        with self.subTest("new devices"):
            self.assertFlat(secrets, 8, self.devices)
        with self.subTest("nothing new"):
            self.assertFlat(secrets, 1, self.devices)
        with self.subTest("all devices have another name"):
            self.assertFlat(secrets, 7, lambda size: self.devices(size, name="TM-m30II"))
        with self.subTest("all devices gone"):
            self.assertFlat(secrets, 7, lambda size: {})

    def test_an_unchanged_setup_writes_no_row(self):
        _box, secret, _channel = self.connect(SERIAL, self.devices(50))
        before = self.count_row_writes()
        for _repetition in range(5):
            self.set_up(SERIAL, secret, self.devices(50))
        self.assertEqual(self.count_row_writes(), before)

    def test_the_counter_of_row_writes_counts(self):
        box, _secret, _channel = self.connect(SERIAL)
        before = self.count_row_writes()
        box.name = "Counter"
        self.assertEqual(self.count_row_writes(), before + 1)
