"""Which devices of a box a point of sale uses until somebody chooses others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A device of the box.

    :param id: whatever tells it from others
    :param str type: `type` of ``iot.device``
    :param str subtype: `subtype` of ``iot.device``; empty for other things than printers
    :param bool is_connected: whether the box reports it now
    :param bool is_taken: whether another point of sale uses it
    """

    id: object
    type: str
    subtype: str = ''
    is_connected: bool = True
    is_taken: bool = False

    @property
    def prints_receipts(self):
        return self.type == 'printer' and self.subtype == 'receipt_printer'


def choose(candidates):
    """Choose a device for each role.

    Tills that stand side by side share a printer or a scale. What a display shows, and what a
    scanner reads, belongs to one of them.

    :param list[Candidate] candidates: the earlier, the better, if nothing else decides
    :return: ``receipt_printer``, ``scale``, ``display``: an id or None; ``scanners``: ids
    :rtype: dict
    """
    best = sorted(candidates, key=lambda device: (device.is_taken, not device.is_connected))
    own = [device for device in best if not device.is_taken]
    return {
        'receipt_printer': _first(device for device in best if device.prints_receipts),
        'scale': _first(device for device in best if device.type == 'scale'),
        'display': _first(device for device in own if device.type == 'display'),
        'scanners': [device.id for device in own if device.type == 'scanner'],
    }


def _first(devices):
    return next((device.id for device in devices), None)
