"""What comes out of the receipt printer of a box."""

import re

from box.waiting import SECONDS, wait_until
from PIL import Image

_RASTER = b"\x1dv0\x00"  # GS v 0: columns of 8 dots and rows, two bytes each, and the dots
_WIDTH = 512  # dots, what Point of Sale draws for a roll of 80 mm
PULSE = b"\x1bp\x00"  # ESC p 0: pulse on the drawer's connector pin 2


def picture_of(job):
    """:return: what an ESC/POS raster image shows on paper, None if the job holds none"""
    data = job.read_bytes()
    rows, width = [], 0
    for part in re.finditer(re.escape(_RASTER), data):
        start = part.end()
        width = int.from_bytes(data[start : start + 2], "little")
        height = int.from_bytes(data[start + 2 : start + 4], "little")
        rows.append(data[start + 4 : start + 4 + width * height])
    if not rows:
        return None
    image = b"".join(rows)
    paper = Image.frombytes("1", (8 * width, len(image) // width), image)
    return paper.point(lambda dot: 255 - dot)


def blackness(picture):
    """:return: the share of black dots"""
    return picture.convert("L").histogram()[0] / (picture.width * picture.height)


class Printer:
    """What a receipt printer of a box has printed since this was made.

    :param number: which of them
    """

    def __init__(self, box, number=1):
        self._box = box
        self._name = f"VIRTUAL{number}."
        self._before = set()
        wait_until(self._jobs, SECONDS, "the status ticket of a box that starts")
        self._before = set(self._jobs())

    def _jobs(self):
        return [
            job for job in self._box.printed() if self._name in job.name and job not in self._before
        ]

    def pulses(self):
        """:return: how many times the drawer was opened"""
        return sum(job.read_bytes().count(PULSE) for job in self._jobs())

    def pictures(self):
        """:return: the pictures as wide as the paper, oldest first

        The code on the status ticket of a box that starts is narrower.
        """
        pictures = [picture_of(job) for job in self._jobs()]
        return [picture for picture in pictures if picture and picture.width == _WIDTH]

    def wait_pictures(self, count):
        """Wait until there are that many pictures, and at least."""
        return wait_until(
            lambda: len(pictures := self.pictures()) >= count and pictures,
            SECONDS,
            f"{count} pictures on paper",
        )

    def wait_pulses(self, count):
        wait_until(lambda: self.pulses() >= count, SECONDS, f"{count} pulses for the drawer")
