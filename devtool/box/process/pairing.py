"""The pairing thread: P10, P11."""

from .imports import after_import


def patch(settings, controls):
    """Start it in test mode when asked to, and let it ask more often."""

    @after_import("connection_manager")
    def pairing_thread(module):
        if settings.poll_interval:
            interval = settings.poll_interval
            module.ConnectionManager._get_next_polling_interval = lambda self: interval
        if settings.pairing and settings.mode == "test":
            module.connection_manager.start()
