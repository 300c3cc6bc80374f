"""What can be measured, by the name that ``./dev bench`` takes; each yields rows of the table."""

from .actions import measure_actions
from .growth import measure_growth
from .handshake import measure_handshake
from .posts import measure_events, measure_handlers, measure_poll, measure_search
from .restart import measure_restart
from .scan import measure_scan
from .websockets import measure_websockets

FIGURES = {
    "search": measure_search,
    "handshake": measure_handshake,
    "poll": measure_poll,
    "handlers": measure_handlers,
    "events": measure_events,
    "actions": measure_actions,
    "restart": measure_restart,
    "websockets": measure_websockets,
    "growth": measure_growth,
    "scan": measure_scan,
}
