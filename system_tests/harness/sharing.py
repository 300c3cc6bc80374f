"""Which tests one process gets, where several share the work: single ones, but for those that make
something together.

A plugin of pytest. The marks of xdist for this, ``xdist_group``, have no effect with pytest 9.2.
"""

import re

from xdist.scheduler import LoadScopeScheduling

# a deployment of the matrix serves all tests of its kind; wheels are built in one folder
_TOGETHER = re.compile(r"test_matrix\.py::\w+(\[\w+\])|(wheel)")


def pytest_xdist_make_scheduler(config, log):
    return _ByTest(config, log)


class _ByTest(LoadScopeScheduling):
    """Hands out first what belongs together, then all others in their order."""

    def _split_scope(self, nodeid):
        found = _TOGETHER.search(nodeid)
        return found[1] or found[2] if found else nodeid
