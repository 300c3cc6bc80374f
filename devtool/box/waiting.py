"""Wait for a condition, with a deadline."""

import time

# for what takes a few at most where nothing else runs: a box restarts within 2 s and opens its
# websocket again within 10
SECONDS = 60


def wait_until(condition, seconds, what):
    """Ask ``condition`` until it answers something true.

    :param condition: called without arguments
    :param seconds: how long at most
    :param what: what is waited for, for the error's message
    :return: what ``condition`` answered
    :raise TimeoutError: after the deadline
    """
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(0.05)
    return answer
