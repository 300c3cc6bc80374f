"""The box's clock: P17."""

import time
from datetime import UTC, datetime, timedelta

_DURATIONS = ("monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns")


def patch(settings, _controls):
    if settings.clock:
        from freezegun import freeze_time

        durations = {name: getattr(time, name) for name in _DURATIONS}
        # before anything else is imported: what others import is wrong from the start
        freeze_time(datetime.now(UTC) + timedelta(seconds=settings.clock), tick=True).start()
        vars(time).update(durations)  # a wrong date does not change how long something takes
