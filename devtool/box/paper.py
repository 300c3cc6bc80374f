"""What the box's printers have printed: one file a job in ``<home>/printed``."""

import time
from pathlib import Path


def print_job(home, printer, data, suffix):
    """Put a whole job on paper; names of files sort by time.

    :param printer: name of the printer, a part of the file's name
    :param suffix: what the data is, ``.escpos`` or ``.job``
    """
    safe = "".join(c if c.isalnum() or c in "-_" else "_" for c in printer)
    path = Path(home, "printed", f"{time.time_ns()}-{safe}.part")
    path.write_bytes(data)
    path.rename(path.with_suffix(suffix))
