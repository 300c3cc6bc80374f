"""Who is really asked: the first packet of each connection that leaves this machine."""

import socket
import threading

_ETH_P_ALL = 0x0003  # who listens to one protocol only gets nothing that leaves
_ETH_P_IP = 0x0800
_TCP = 6
_SYN, _ACK = 0x02, 0x10
_LARGE_BUFFER = 8 * 1024 * 1024  # bytes


class SynWatch:
    """The hosts to which this network namespace sent a SYN, while the context lasts."""

    def __init__(self, device, port):
        self.hosts = set()
        self._port = port
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ETH_P_ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _LARGE_BUFFER)
        self._socket.bind((device, _ETH_P_ALL))
        self._socket.settimeout(0.1)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._is_over.set()
        self._thread.join()
        self._socket.close()

    def _read(self):
        while True:
            try:
                packet, (_device, protocol, kind, *_) = self._socket.recvfrom(128)
                if (protocol, kind) == (_ETH_P_IP, socket.PACKET_OUTGOING):
                    self._note(packet)
            except TimeoutError:
                if self._is_over.is_set():
                    return

    def _note(self, packet):
        tcp = packet[(packet[0] & 0x0F) * 4 :]
        port = int.from_bytes(tcp[2:4])
        is_first = packet[9] == _TCP and tcp[13] & (_SYN | _ACK) == _SYN
        if is_first and port == self._port:
            self.hosts.add(socket.inet_ntoa(packet[16:20]))
