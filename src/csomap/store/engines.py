"""The way to a database, SQLite or PostgreSQL: who writes waits in line, who reads waits for nobody."""

import sqlite3
from functools import lru_cache
from typing import NoReturn

import sqlalchemy as sa

from csomap.errors import BadDatabase, CsomapError

PATIENCE = 60  # seconds that a writer waits for its turn
SILENCE = 10 * 60  # seconds after which the server gives up a writer that it hears nothing from
_LINE = 0x63736F6D6170  # the number of the one line that all writers of a database stand in: "csomap"
_DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
_CONNECTING = {
    "connect_timeout": 10,
    "prepare_threshold": None,  # a pooler between us and the server may not keep what was prepared
    "client_encoding": "utf8",
}
# What the server says in a code: lock_not_available; insufficient_privilege, invalid_schema_name (none that
# the user may use), read_only_sql_transaction.
_NO_TURN = "55P03"
_FORBIDDEN = ("42501", "3F000", "25006")


def engine(url: str) -> sa.Engine:
    """Return the engine of an address; raises BadDatabase for one that cannot be read.

    Where a database is not reached, refuses, or its writers take too long, the engine raises BadDatabase
    too, without the password.
    """
    address = _address(url)
    return _sqlite(address) if is_sqlite(url) else _postgresql(address)


def is_sqlite(url: str) -> bool:
    """Say whether an address is that of a SQLite file."""
    return url.startswith("sqlite:")


def told(address: sa.URL) -> str:
    """Return an address as people may see it: without the password and all that follows the name."""
    if address.drivername == "sqlite":
        return str(address.database)
    port = f":{address.port}" if address.port else ""
    owner = f"{address.username}@" if address.username else ""
    return f"{owner}{address.host or address.query.get('host', '')}{port}/{address.database}"


def _address(url: str) -> sa.URL:
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise BadDatabase("database_url") from None
    driver = _DRIVERS.get(address.drivername)
    # Of a second @ nobody knows what belongs to the password, which then could be shown as the host.
    is_unclear = not is_sqlite(url) and url.count("@") > 1
    if driver is None or not address.database or is_unclear:
        raise BadDatabase("database_url")
    return address.set(drivername=driver)


@lru_cache(maxsize=8)
def _sqlite(address: sa.URL) -> sa.Engine:
    """Return the one engine of a process, which keeps what it wrote as SQL but no connection: the file may be
    put away and another laid in its place."""
    made = sa.create_engine(address, connect_args={"timeout": PATIENCE}, poolclass=sa.NullPool)
    sa.event.listen(made, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    sa.event.listen(made, "begin", _begin_sqlite)
    sa.event.listen(made, "handle_error", _refused)
    return made


@lru_cache(maxsize=8)
def _postgresql(address: sa.URL) -> sa.Engine:
    """Return the one engine of a process, whose connections are used again and asked first if they live.

    READ COMMITTED whatever the server's default is: a writer has to see what was written while it waited.
    """
    made = sa.create_engine(
        address,
        connect_args=_CONNECTING,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        max_overflow=-1,
    )
    sa.event.listen(made, "begin", _begin_postgresql)
    sa.event.listen(made, "handle_error", _refused)
    return made


def _is_reading(connection: sa.Connection) -> bool:
    return bool(connection.get_execution_options().get("reading"))


def _begin_sqlite(connection: sa.Connection) -> None:
    """Let a change take the write lock at once, so that two wait in line."""
    connection.exec_driver_sql("BEGIN" if _is_reading(connection) else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: sa.Connection) -> None:
    """Let a change stand in line first; it gives its place up with the end of its transaction."""
    if _is_reading(connection):
        return
    limits = {"lock_timeout": PATIENCE, "idle_in_transaction_session_timeout": SILENCE}
    settings = "; ".join(f"SET LOCAL {name} = '{seconds}s'" for name, seconds in limits.items())
    connection.exec_driver_sql(f"{settings}; SELECT pg_advisory_xact_lock({_LINE})")


def _refused(context: sa.engine.ExceptionContext) -> None:
    """Tell what the database refuses as an error of ours, in the place of the driver's own."""
    fault = context.original_exception
    if isinstance(fault, CsomapError):
        raise fault
    if context.engine is None or context.is_pre_ping:  # a dead connection is only put away then
        return
    where = told(context.engine.url)
    if context.dialect.name == "postgresql":
        _refused_by_postgresql(fault, where, context)
    elif type(fault) in (sqlite3.OperationalError, sqlite3.DatabaseError):
        _refused_by_sqlite(fault, where)


def _refused_by_sqlite(fault: BaseException, where: str) -> NoReturn:
    if getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise BadDatabase("database_busy", where=where, seconds=PATIENCE)
    raise BadDatabase("database_file", where=where, reason=_line(fault))


def _refused_by_postgresql(fault: BaseException, where: str, context: sa.engine.ExceptionContext) -> None:
    driver = context.dialect.loaded_dbapi
    code = getattr(fault, "sqlstate", None)
    if code == _NO_TURN:
        raise BadDatabase("database_busy", where=where, seconds=PATIENCE)
    if code in _FORBIDDEN:
        raise BadDatabase("database_denied", where=where, reason=_line(fault))
    if isinstance(fault, driver.OperationalError | driver.InternalError):
        key = "database_lost" if context.connection is not None else "database_unreachable"
        raise BadDatabase(key, where=where, reason=_line(fault))


def _line(fault: BaseException) -> str:
    """Return in one line what a database said, without its own advice; it never says the password."""
    said = str(fault).partition("\n\t")[0]
    return " ".join(said.split()).replace('"', "'").rstrip(".")
