"""What the signs of life of a box amount to."""

from dataclasses import dataclass
from datetime import datetime

from .. import const

ONLINE, NO_PUSH, OFFLINE = 'online', 'no_push', 'offline'


@dataclass(frozen=True)
class Signs:
    """All that is known of a box, each a naive UTC time or nothing.

    :param opened_at: when the websocket that it holds was opened; nothing if it holds none
    :param served_at: when the server process that holds it last said that it lives
    :param is_served: whether that process has not said farewell
    :param closed_at: end of the websocket before
    :param is_renewing: whether this end was the server's own hourly one, after which boxes return
    :param online_since: begin of the time for which it has been online, short gaps aside
    :param contact_at: last post that showed its token
    """

    opened_at: datetime | None = None
    served_at: datetime | None = None
    is_served: bool = False
    closed_at: datetime | None = None
    is_renewing: bool = False
    online_since: datetime | None = None
    contact_at: datetime | None = None

    @property
    def websocket_at(self):
        """The last moment at which it surely held a websocket."""
        return _latest(self.opened_at, self.served_at, self.closed_at)

    @property
    def seen_at(self):
        return _latest(self.websocket_at, self.contact_at)

    @property
    def _no_websocket_from(self):
        """From when on it surely held none: a killed process may have lived a while longer."""
        if self.opened_at and self.is_served:
            return self.websocket_at + const.SERVER_LIFETIME
        return self.websocket_at

    def is_online(self, now):
        """Whether a message to the box arrives at once."""
        if not self.opened_at or not self.served_at or not self.is_served:
            return False
        return now - self.served_at < const.SERVER_LIFETIME

    def status(self, now):
        """:return: the status for people and since when it lasts
        :rtype: tuple[str, datetime | None]
        """
        if self.is_online(now) or (
            self.is_renewing and now - self.closed_at < const.RENEWAL_LIFETIME
        ):
            return ONLINE, self.online_since
        posts_only = self.contact_at and (
            not self.websocket_at or self.contact_at > self._no_websocket_from
        )
        if posts_only and now - self.contact_at < const.CONTACT_LIFETIME:
            return NO_PUSH, self.contact_at
        return OFFLINE, self.seen_at

    def is_lost(self, now):
        """Whether a box that was online has been away too long for a restart."""
        return bool(self.websocket_at) and now - self.websocket_at > const.RECONNECT_GRACE

    def online_since_if_opened(self, now):
        """Return since when the box is online if it opens a websocket now."""
        if self.is_lost(now):
            return now
        return self.online_since or now


def _latest(*times):
    return max((time for time in times if time), default=None)
