"""The one database of an installation: its tables and texts, and what is asked of it at the start."""

import datetime as dt
import getpass
import os
import re

import sqlalchemy as sa

from csomap.errors import BadDatabase, BadInput
from csomap.settings import Settings
from csomap.store import engines

META = sa.MetaData()
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # NUL, and halves of a letter


class Words(sa.TypeDecorator[str]):
    """A text of any length; one with a sign that not every database can store is refused by all."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        if value is not None and _UNSTORABLE.search(value):
            raise BadInput("text_unstorable", value=ascii(_UNSTORABLE.split(value)[0][-40:]))
        return value


def opened(settings: Settings) -> sa.Engine:
    """Return the database of `settings` with all its tables; make them where there are none.

    Raises BadInput if the home of the settings is a file, BadDatabase if the database cannot be used.
    """
    if settings.home.is_file():
        raise BadInput("home_is_file", home=str(settings.home))
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = engines.engine(settings.database_url)
    if not _is_made(engine):
        _make(engine)
    return engine


def exists(settings: Settings) -> bool:
    """Say whether anything was ever stored, without making the database."""
    if engines.is_sqlite(settings.database_url):
        return settings.home.is_dir()
    return _is_made(engines.engine(settings.database_url))


def place(settings: Settings) -> str:
    """Return where an installation is, as people may see it."""
    if engines.is_sqlite(settings.database_url):
        return str(settings.home)
    return f"{engines.told(engines.engine(settings.database_url).url)}, {settings.home}"


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


def _is_made(engine: sa.Engine) -> bool:
    with reading(engine) as look:
        return set(META.tables) <= set(sa.inspect(look).get_table_names())


def _make(engine: sa.Engine) -> None:
    """Make the tables that are missing; a second process that wants to waits, and finds them there."""
    with engine.begin() as change:
        if change.dialect.name == "postgresql":
            encoding = change.exec_driver_sql("SHOW server_encoding").scalar_one()
            if encoding != "UTF8":
                raise BadDatabase("database_encoding", where=engines.told(engine.url), encoding=encoding)
        META.create_all(change)
