"""A virtual IoT system: the unmodified ``iot_drivers`` of an Odoo tree, run on a Linux PC.

The launcher (``python devtool/box``) builds the box's home, plays the hardware a PC lacks and
starts the stock client in a process of its own. No file of the client is changed: the home holds a
real copy of it (the client deletes and replaces its own handlers), compared with the original by
checksum.

Modes
-----
``rpi``      what a Raspberry Pi box does, on stand-ins for its system commands (the default)
``windows``  what the Windows virtual IoT does: other version, certificate folder and handlers
``test``     what the stock code does on any PC: no certificate, git, logs to the server, pairing

Patches made in the box's process, at run time only
---------------------------------------------------
P1   rpi, windows  ``platform.release()`` / ``platform.system()`` name the system: this selects
                   the mode.
P2   rpi           ``open``, ``io.open``, ``os.stat``: the system paths in ``process.files.ROOTFS``
                   are taken from ``<home>/rootfs``.
P3   all           modules that talk to the machine are stand-ins (``standins/python``): ``cups``,
                   ``win32print`` and ``ghostscript`` print to ``<home>/printed``, ``netifaces``
                   shows the box's network card, ``evdev``, ``pyudev``, ``zeroconf`` and ``dbus``
                   see nothing.
P4   test          ``helpers.get_identifier()``: ``--identifier`` (stock: the same for all boxes).
P5   all           ``helpers.get_ip()``: the content of ``<home>/ip``; empty is a cable out.
P6   all           commands of a box (``sudo``, ``git``, ``nmcli``, ``chromium``, ...) are stand-ins
                   (``standins/commands``), first on ``PATH``; they note their calls in
                   ``<home>/commands.log``.
P7   all           no packet leaves the machine: sockets reach loopback only (and ``--lan``, meant
                   for a network namespace of its own), no name resolves but those of ``--names``.
                   Odoo's fixed names go to ``--redirect``, or are refused without it.
P8   all           ``socket.gethostbyname()`` of ``*.odoo.com`` answers 127.0.0.1: the message
                   ``test_connection`` measures the way there.
P9   test          with devices, the handlers of a Raspberry Pi are loaded (stock: none).
P10  test          with ``--pairing`` the pairing thread starts (stock: not in this mode).
P11  all           ``--poll-interval``: seconds between two questions of the pairing thread.
P12  all           ``--device-interval``: seconds between two searches for devices (stock: 3 to 20).
P13  all           without ``--webrtc`` importing ``aiortc`` fails: the stock code then has no
                   WebRTC. With it only loopback addresses are offered, no STUN server is asked.
P14  all           serial ports and USB devices are those of ``<home>/devices``; the machine's own
                   are never probed. A serial port is a pseudo-terminal, opened with 8 bits and no
                   parity because Linux refuses it other settings. A keyboard is read from the pipe
                   ``<home>/dev/event0``, and finds a library of X that answers as if there was a
                   screen; what its keys mean is asked of libxkbcommon.
P15  all           with ``--release``, ``odoo.release.version`` says what the box announces.
P16  rpi, windows  with ``--https-port`` the launcher stands for nginx: it passes HTTPS on to the
                   client, with the certificate that is installed at the moment.
P17  all           with ``--clock`` Python's clocks for dates are wrong by as many seconds.

The drivers and interfaces are the stock handler files: receipt printer (ESC/POS to a virtual USB
device), office and label printer (CUPS), all printers of Windows (its spooler), Toledo 8217 scale,
display, keyboard. Not there: smart cards; their stock handlers need libraries this PC does not
have, which the box's log says at each start.

A running box is controlled by files in its home, read live: see ``controls``.
"""
