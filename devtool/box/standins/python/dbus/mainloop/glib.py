"""Stand-in for python-dbus: the client only sets its main loop."""


def DBusGMainLoop(set_as_default=False):
    pass
