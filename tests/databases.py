"""Both databases for tests, SQLite and a real PostgreSQL, as fixtures that every test may ask for.

- `database_url`: the test runs once on each database, and gets the address of a fresh, empty one:
  `Settings(tmp_path / "home", database_url)`. It is "" for SQLite, whose file then lies in the home.
- `databases`: the same for tests and fixtures that need several, whatever their scope: each
  `databases.fresh()` is the address of another empty database.
- `postgresql_url`: as `database_url`, for what only PostgreSQL has; `postgresql` is its server.

The server is started once a session, where a test first asks for it, from Debian's package `postgresql`, in a
folder of its own, and gone at the end. Without the package these tests are skipped; with CI=true they fail.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import psycopg
import pytest

OWNER, PASSWORD = "planner", "p@ss:w/rd?"
_OPTIONS = {
    "fsync": "off",
    "max_connections": "150",
    "shared_buffers": "32MB",
    "listen_addresses": "127.0.0.1",
}
_PATIENCE = 60


class Databases(Protocol):
    """One kind of database."""

    def fresh(self) -> str:
        """Return the address of an empty database."""
        ...

    def done(self, url: str) -> None:
        """Take a database back that nobody needs any more."""
        ...


class Sqlite:
    """Each home has its own file, so every home is fresh."""

    def fresh(self) -> str:
        return ""

    def done(self, url: str) -> None:
        pass


class Postgresql:
    """A server of its own on a free port, as a child of this process that ends with it."""

    def __init__(self, programs: Path) -> None:
        self._programs, self._names, self._emptied = programs, count(1), list[str]()
        self._folder = Path(tempfile.mkdtemp(prefix="csomap-postgresql-"))
        self._user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
        if self._user:
            shutil.chown(self._folder, self._user)
        self._make()
        self.port = _free_port()
        self.start()

    def fresh(self) -> str:
        if self._emptied:
            return self._emptied.pop()
        name = f"csomap_{next(self._names)}"
        self.say(f"CREATE DATABASE {name} STRATEGY file_copy TEMPLATE template0 ENCODING 'UTF8'")
        return self.url(name)

    def done(self, url: str) -> None:
        name = url.rpartition("/")[2]
        self.say(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        self.say(f"ALTER DATABASE {name} RESET ALL")
        self.say("DROP SCHEMA public CASCADE; CREATE SCHEMA public", name)
        self.say("GRANT USAGE ON SCHEMA public TO PUBLIC", name)
        self._emptied.append(url)

    def url(self, name: str, *, owner: str = OWNER, password: str = PASSWORD) -> str:
        secret = quote(password, safe="")
        return f"postgresql://{owner}:{secret}@127.0.0.1:{self.port}/{name}"

    def say(self, statement: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as the owner of the server, and return its rows."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            done = connection.execute(statement)  # type: ignore[call-overload]
            return done.fetchall() if done.description else []

    def start(self) -> None:
        options = {**_OPTIONS, "port": str(self.port), "unix_socket_directories": str(self._folder)}
        given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        command = [str(self._programs / "postgres"), "-D", str(self._folder / "data"), *given]
        with (self._folder / "log").open("ab") as log:
            dying = ["setpriv", "--pdeathsig", "INT"]  # a killed test run leaves no server behind
            self._server = subprocess.Popen(
                [*dying, *command], stdout=log, stderr=log, user=self._user, group=self._user, cwd="/"
            )
        self._wait()

    def stop(self) -> None:
        """Stop the server at once, as a power cut does."""
        self._server.send_signal(subprocess.signal.SIGQUIT)
        self._server.wait(timeout=_PATIENCE)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder)

    def _make(self) -> None:
        secret = self._folder / "password"
        secret.write_text(PASSWORD, "utf-8")
        secret.chmod(0o644)
        given = ["--username", OWNER, "--pwfile", str(secret), "--auth", "scram-sha-256", "--no-sync"]
        command = [str(self._programs / "initdb"), "-D", str(self._folder / "data"), *given]
        plain = ["--encoding", "UTF8", "--locale", "C"]
        subprocess.run(
            [*command, *plain], check=True, capture_output=True, user=self._user, group=self._user, cwd="/"
        )

    def _wait(self) -> None:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self.say("SELECT 1")
                return
            except psycopg.OperationalError:
                if self._server.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((self._folder / "log").read_text("utf-8")) from None
                time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _programs() -> Path | None:
    """Return the folder of the newest server that is installed."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = [path.parent for path in sorted(debian, key=lambda path: int(path.parts[-3]))]
    return found[-1] if found else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    programs = _programs()
    if programs is None and os.environ.get("CI"):
        pytest.fail("PostgreSQL is not installed, and CI tests on it: apt-get install postgresql")
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    server = Postgresql(programs)
    yield server
    server.remove()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    if request.param == "sqlite":
        return Sqlite()
    server: Postgresql = request.getfixturevalue("postgresql")
    return server


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    url = databases.fresh()
    yield url
    databases.done(url)


@pytest.fixture
def postgresql_url(postgresql: Postgresql) -> Iterator[str]:
    url = postgresql.fresh()
    yield url
    postgresql.done(url)
