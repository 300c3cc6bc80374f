"""Free places on loopback; parallel runs must not meet."""

import random
import socket


def free_port(address="127.0.0.1"):
    """:return: a TCP port nobody listens on"""
    with socket.socket() as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]


def free_box_address(port, block="127"):
    """:return: an address 127.x.y.z where nobody listens on ``port``

    One of 16 million by chance: two runs at a time do not pick the same.

    :param block: its beginning, ``127.0.0`` say
    """
    missing = 3 - block.count(".")
    while True:
        address = ".".join([block, *(str(random.randint(2, 254)) for _ in range(missing))])
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                continue
        return address
