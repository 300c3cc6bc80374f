"""Reading what a server answers that may send too much, or too slowly."""

import requests


def read_body(response, most, deadline):
    """Read no more than a sane answer has, for no longer than there is time.

    Byte by byte: a longer read waits until it is full, and a server that sends a byte now and then
    never lets its timeout pass.

    :param requests.Response response: a streamed one
    :param int most: bytes
    :param Deadline deadline:
    :return: the body, or None when it is longer
    :rtype: bytes | None
    :raise requests.RequestException: when it breaks off, cannot be decoded or is late
    """
    body = bytearray()
    for byte in response.iter_content(1):
        body += byte
        if len(body) > most:
            return None
        if deadline.is_over():
            raise requests.Timeout("The answer has not come in time.")
    return bytes(body)
