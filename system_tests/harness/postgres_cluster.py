"""PostgreSQL: the cluster of the development tool, and small ones of a test's own."""

import fcntl
import os
import shutil
import signal
import subprocess
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg2
from box.waiting import SECONDS, wait_until


class SharedCluster:
    """The cluster of ``./dev``, named by this process's PG* variables; tests never restart it."""

    def __init__(self, environment):
        self.environ = {}
        self._environment = environment

    def close(self):
        pass

    def clone(self, template, database):
        with _alone_with_templates(self._environment):
            subprocess.run(["createdb", "-T", template, database], check=True)

    def drop(self, database):
        subprocess.run(["dropdb", "--if-exists", "--force", database], check=True)

    def execute(self, database, statement, arguments=()):
        """Run one SQL statement and commit.

        :return: its rows, None if it is no query
        """
        return execute(self.dsn(database), statement, arguments)

    def dsn(self, database):
        return f"dbname={database}"


class OwnCluster:
    """A cluster in ``folder``, for a test that stops and starts PostgreSQL."""

    def __init__(self, environment, folder):
        self._environment = environment
        self._data = Path(folder, "data")
        self._log = Path(folder, "log")
        # the path of a socket has at most 107 bytes
        self._socket = Path(f"/tmp/iot-pg-{os.getpid()}-{id(self):x}")
        self.environ = {"PGHOST": str(self._socket), "PGPORT": "5432", "PGUSER": "odoo"}

        self._socket.mkdir(mode=0o700)
        options = ["-U", "odoo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run([_program("initdb"), "-D", self._data, *options])
        with Path(self._data, "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write(f"unix_socket_directories='{self._socket}'\nlisten_addresses=''\n")
            conf.write("fsync=off\nautovacuum=off\n")  # nobody writes but the test
        self.start()

    def close(self):
        """Stop it and remove its files."""
        self._pg_ctl("stop", "-m", "immediate")
        shutil.rmtree(self._socket)
        shutil.rmtree(self._data)

    def start(self):
        self._pg_ctl("start", "-l", self._log)

    def restart(self):
        """As after an upgrade: every connection is cut."""
        self._pg_ctl("restart", "-m", "fast", "-l", self._log)

    def crash(self):
        """kill -9 of all its processes: nobody is told, what was not committed is gone."""
        postmaster = int(Path(self._data, "postmaster.pid").read_text().split()[0])
        doomed = [postmaster, *_children(postmaster)]
        for process in doomed:
            with suppress(ProcessLookupError):  # they follow their parent
                os.kill(process, signal.SIGKILL)
        wait_until(lambda: not any(map(_runs, doomed)), SECONDS, "end of PostgreSQL")

    def _pg_ctl(self, *arguments):
        _run([_program("pg_ctl"), "-D", self._data, "-w", *arguments])

    def clone(self, template, database):
        """Bring a copy of the shared cluster's ``template`` over here."""
        here = {**os.environ, **self.environ}
        subprocess.run(["createdb", "-T", "template0", "-l", "C", database], env=here, check=True)
        dump = self._data.with_name(f"{database}.sql")
        with _alone_with_templates(self._environment):
            subprocess.run(["pg_dump", "-f", dump, template], check=True)
        fill = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-d", database]
        subprocess.run([*fill, "-f", dump], env=here, check=True)
        dump.unlink()

    def drop(self, database):
        subprocess.run(
            ["dropdb", "--if-exists", "--force", database],
            env={**os.environ, **self.environ},
            check=True,
        )

    def execute(self, database, statement, arguments=()):
        return execute(self.dsn(database), statement, arguments)

    def dsn(self, database):
        return f"host={self._socket} user=odoo dbname={database}"


@contextmanager
def _alone_with_templates(environment):
    """PostgreSQL copies no database that another one reads: one at a time, as for ./dev."""
    descriptor = os.open(environment.state / "data", os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def execute(dsn, statement, arguments):
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchall() if cursor.description else None


def _children(parent):
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _parent(entry) == parent]


def _parent(entry):
    try:  # the name, in brackets, may hold anything
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


def _runs(process):
    return Path(f"/proc/{process}").exists()


def _program(name):
    """The newest server program of this name; Debian keeps them out of PATH."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name)
    )
    return next((str(path / name) for path in reversed(folders) if (path / name).exists()), name)


def _run(command):
    # not captured through a pipe: the server would keep it open for ever
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
