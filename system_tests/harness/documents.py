"""The shell commands of the documents, run as they are written, at places of a test."""

import os
import re
import subprocess

_BLOCK = r"^<!-- tested: {} -->\n```sh\n(.*?)^```$"
# what an account may do that is not root; «sudo -u odoo» is this account
_SUDO = '#!/bin/sh\n[ "$1" != -u ] || shift 2\nexec "$@"\n'


def blocks_for(environment, test):
    """Find the commands that a test is to run.

    :param test: ``file::name``
    :return: list of str, those of README.md first, in their order
    """
    texts = [(environment.root / name).read_text() for name in ("README.md", "CONTRIBUTING.md")]
    pattern = re.compile(_BLOCK.format(re.escape(test)), re.MULTILINE | re.DOTALL)
    return pattern.findall("".join(texts))


class Shell:
    """Run commands in the repository.

    :param folder: of the programs that stand in for those of the system
    :param places: dict of what the documents call something → what it is here
    """

    def __init__(self, environment, folder, places):
        self._root, self._folder, self._places = environment.root, folder, places
        self._environ = {
            **os.environ,
            "DEV_STATE": str(environment.state),
            "PATH": f"{folder}:{os.environ['PATH']}",
        }
        folder.mkdir()
        self.provide("sudo", _SUDO)

    def provide(self, name, script):
        path = self._folder / name
        path.write_text(script)
        path.chmod(0o755)

    def command(self, block):
        """:return: the block as a command for ``subprocess``, each place being the one here"""
        for there, here in self._places.items():
            block = block.replace(there, str(here))
        return {"args": ["bash", "-ec", block], "cwd": self._root, "env": self._environ}

    def run(self, block):
        subprocess.run(**self.command(block), check=True, stdin=subprocess.DEVNULL)
