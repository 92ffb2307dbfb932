"""The one database of an installation: its tables, and how a change takes its turn."""

import datetime as dt
import getpass
import os

import sqlalchemy as sa

from csomap.errors import BadInput
from csomap.settings import Settings

META = sa.MetaData()


def opened(settings: Settings) -> sa.Engine:
    """Return the database of `settings` with all its tables; make it where there is none.

    Raises BadInput if the home of the settings is a file.
    """
    if settings.home.is_file():
        raise BadInput("home_is_file", home=str(settings.home))
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = _engine(settings.database_url)
    META.create_all(engine)
    return engine


def exists(settings: Settings) -> bool:
    """Say whether anything was ever stored, without making the database."""
    return settings.home.is_dir()


def reading(engine: sa.Engine) -> sa.Connection:
    """Return a connection that only reads, and waits for nobody."""
    return engine.connect().execution_options(reading=True)


def who() -> str:
    """Return the name of the user; a container may run as one that has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def now() -> dt.datetime:
    """Return the time as it is stored: UTC, without a zone."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _engine(url: str) -> sa.Engine:
    """Return an engine; on SQLite a change takes the write lock at once, so that two wait in line."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url)
    engine = sa.create_engine(url, connect_args={"timeout": 60})
    sa.event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: sa.Connection) -> None:
    is_reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
