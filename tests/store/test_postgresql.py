"""What only a server can do: be out of reach, refuse, be started anew, and lose the thread."""

import threading
import time
import traceback
from pathlib import Path

import pytest

from csomap.errors import BadDatabase, Outdated
from csomap.settings import Settings
from csomap.store import Decision, Decisions, engines
from csomap.store import decisions as told_first
from csomap.store.database import opened
from tests.databases import PASSWORD, Postgresql

CARD = ("verdict", "a;b", "cell")


@pytest.fixture
def home(tmp_path: Path, postgresql_url: str) -> Settings:
    return Settings(tmp_path / "home", postgresql_url)


def judged(settings: Settings, verdict: str, saw: int) -> int:
    return Decisions(settings).decide_all([Decision(*CARD[:2], verdict, CARD[2])], expected={CARD: saw})


def refused(url: str, folder: Path) -> BadDatabase:
    with pytest.raises(BadDatabase) as error:
        Decisions(Settings(folder / "home", url))
    assert error.value.exit_code == 2
    everything = "".join(traceback.format_exception(error.value))
    for secret in (PASSWORD, "p%40ss", "s3cret"):
        assert secret not in everything
    return error.value


@pytest.mark.parametrize("way", ["postgresql://", "postgres://", "postgresql+psycopg://"])
def test_an_address_may_be_written_in_three_ways(way: str, home: Settings) -> None:
    url = way + home.database_url.removeprefix("postgresql://")
    Decisions(home).decide("place", "a", "IQG01")
    assert [one.subject for one in Decisions(Settings(home.home, url)).holding()] == ["a"]


def test_the_address_comes_from_the_environment(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSOMAP_DATABASE_URL", f" {home.database_url}\n")
    assert Settings.from_environment(home.home) == home
    monkeypatch.setenv("CSOMAP_DATABASE_URL", "")
    assert Settings.from_environment(home.home) == Settings(home.home)
    assert Settings(home.home).database_url.startswith("sqlite:///")


@pytest.mark.parametrize(
    "url",
    [
        "s3cret",
        "mysql://planner:s3cret@host/name",
        "postgresql://planner:s3cret@host",
        "postgresql://planner:s3cret@host/",
        "postgresql://planner:s3cret@host:port/name",
        "postgresql://planner:@s3cret@host/name",
        "postgresql://planner:p@s3cret/x@host/name",
        "postgresql://planner:p/@s3cret:5432/x?@host/name",
        "sqlite://",
        "sqlitefile.s3cret",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_and_not_shown(url: str, tmp_path: Path) -> None:
    fault = refused(url, tmp_path)
    assert fault.key == "database_url" and "CSOMAP_DATABASE_URL" in str(fault)


def test_a_wrong_password_is_told_with_the_place(postgresql: Postgresql, tmp_path: Path) -> None:
    fault = refused(postgresql.url("postgres", password="s3cret"), tmp_path)
    assert fault.key == "database_unreachable"
    assert f"planner@127.0.0.1:{postgresql.port}/postgres" in str(fault)
    assert "password authentication failed" in str(fault) and "CSOMAP_DATABASE_URL" in str(fault)


def test_a_database_that_does_not_exist_is_told(postgresql: Postgresql, tmp_path: Path) -> None:
    fault = refused(postgresql.url("nothing"), tmp_path)
    assert fault.key == "database_unreachable" and "'nothing' does not exist" in str(fault)


@pytest.mark.parametrize("server", ["127.0.0.1:1", "no.such.host.invalid"])
def test_a_server_out_of_reach_is_told_in_one_line(server: str, tmp_path: Path) -> None:
    fault = refused(f"postgresql://planner:s3cret@{server}/csomap?application_name=s3cret", tmp_path)
    assert fault.key == "database_unreachable" and f"planner@{server}/csomap" in str(fault)
    assert "\n" not in str(fault)


@pytest.mark.parametrize(
    ("forbidden", "reason"),
    [("CREATE", "permission denied"), ("USAGE", "no schema"), ("writing", "read-only transaction")],
)
def test_a_user_who_may_not_make_tables_is_told(
    forbidden: str, reason: str, postgresql: Postgresql, postgresql_url: str, tmp_path: Path
) -> None:
    name = postgresql_url.rpartition("/")[2]
    guest = f"guest_{forbidden.lower()}"
    postgresql.say(f"CREATE ROLE {guest} LOGIN PASSWORD 's3cret'")
    if forbidden == "USAGE":
        postgresql.say("REVOKE USAGE ON SCHEMA public FROM PUBLIC", name)
    if forbidden == "writing":
        postgresql.say(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    fault = refused(postgresql.url(name, owner=guest, password="s3cret"), tmp_path)
    assert fault.key == "database_denied" and reason in str(fault)


def test_a_database_without_arabic_letters_is_told_and_left_empty(
    postgresql: Postgresql, tmp_path: Path
) -> None:
    postgresql.say("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    fault = refused(postgresql.url("latin"), tmp_path)
    assert fault.key == "database_encoding" and "LATIN1" in str(fault)
    assert postgresql.say("SELECT * FROM pg_tables WHERE schemaname = 'public'", "latin") == []


def test_work_goes_on_after_the_server_was_started_anew(postgresql: Postgresql, home: Settings) -> None:
    decisions = Decisions(home)
    decisions.decide("place", "before", "IQG01")
    postgresql.stop()
    try:
        with pytest.raises(BadDatabase) as error:
            decisions.decide("place", "meanwhile", "IQG01")
        assert error.value.key == "database_unreachable"
    finally:
        postgresql.start()
    assert [one.subject for one in decisions.holding()] == ["before"]
    decisions.decide("place", "after", "IQG01")
    assert [one.subject for one in decisions.holding()] == ["before", "after"]


def test_a_restart_that_nobody_noticed_costs_nobody_an_error(postgresql: Postgresql, home: Settings) -> None:
    decisions = Decisions(home)
    decisions.decide("place", "before", "IQG01")
    postgresql.stop()
    postgresql.start()
    decisions.decide("place", "after", "IQG01")
    assert [one.subject for one in decisions.holding()] == ["before", "after"]


def test_a_connection_that_breaks_in_the_middle_is_told_and_nothing_is_stored(
    postgresql: Postgresql, home: Settings
) -> None:
    name = home.database_url.rpartition("/")[2]
    with pytest.raises(BadDatabase) as error, opened(home).begin() as change:
        change.exec_driver_sql("INSERT INTO history (at, who, what, import_id) VALUES (now(), '', '', '')")
        postgresql.say(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        change.exec_driver_sql("SELECT 1")
    assert error.value.key == "database_lost"
    assert postgresql.say("SELECT count(*) FROM history", name) == [(0,)]
    Decisions(home).decide("place", "after", "IQG01")


def test_a_silent_writer_gives_its_place_up_in_the_end(
    postgresql: Postgresql, home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    decisions = Decisions(home)
    monkeypatch.setattr(engines, "SILENCE", 1)
    with pytest.raises(BadDatabase), opened(home).begin() as silent:
        decisions.decide("place", "a", "IQG01")
        silent.exec_driver_sql("SELECT 1")
    assert len(decisions.holding()) == 1


@pytest.mark.parametrize("isolation", ["repeatable read", "serializable"])
def test_who_waited_sees_what_was_decided_meanwhile_whatever_the_servers_default(
    isolation: str, postgresql: Postgresql, home: Settings
) -> None:
    """Else the second would look at the card as it was when they stood in line."""
    name = home.database_url.rpartition("/")[2]
    postgresql.say(f"ALTER DATABASE {name} SET default_transaction_isolation = '{isolation}'")
    decisions, told = Decisions(home), list[BaseException]()

    def second() -> None:
        try:
            judged(home, "duplicate_work", 0)
        except Outdated as fault:
            told.append(fault)

    waiting = threading.Thread(target=second)
    with opened(home).begin() as change:
        waiting.start()
        _until_somebody_waits(postgresql, name)
        quicker = Decision(*CARD[:2], "shared_load", CARD[2])
        told_first._put(change, [told_first._row(quicker, "", "Omar")])
    waiting.join(30)
    assert [one.held[0].who for one in told if isinstance(one, Outdated)] == ["Omar"]
    assert [one.answer for one in decisions.holding()] == ["shared_load"]


def _until_somebody_waits(postgresql: Postgresql, name: str) -> None:
    asked = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    end = time.monotonic() + 30
    while not postgresql.say(asked, name):
        assert time.monotonic() < end, "nobody waits"
        time.sleep(0.02)
