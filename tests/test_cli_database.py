"""The command line on a server: what it stores is there for others, and what it cannot reach it tells."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from csomap import cli
from csomap.settings import Settings
from csomap.store import Decisions, Store
from tests.databases import PASSWORD
from tests.flow.forms import row, write

Run = Callable[..., Result]


@pytest.fixture
def settings(tmp_path: Path, postgresql_url: str) -> Settings:
    return Settings(tmp_path / "home", postgresql_url)


@pytest.fixture
def run(settings: Settings) -> Run:
    def program(*command: object, url: str = settings.database_url) -> Result:
        given = {"CSOMAP_HOME": str(settings.home), "CSOMAP_DATABASE_URL": url}
        return CliRunner().invoke(cli.app, [str(part) for part in command], env=given)

    return program


def test_import_decide_and_reset_happen_on_the_server(run: Run, settings: Settings, tmp_path: Path) -> None:
    file = write(tmp_path / "rows.csv", row(), row(pcode="", site=""))
    assert run("import", file).exit_code == 0
    assert run("decide", "place", "Hamdanya", "IQG15Q03").exit_code == 0
    assert not (settings.home / "catalogue.db").exists()
    assert len(Store(settings).live()) == 1 and len(Decisions(settings).holding()) == 1

    unsure = run("reset")
    assert unsure.exit_code == 2 and settings.database_url.rpartition("/")[2] in unsure.stderr
    assert PASSWORD not in unsure.stderr and len(Store(settings).live()) == 1

    assert run("reset", "--yes").exit_code == 0
    assert Store(settings).imports().empty and Decisions(settings).history().empty
    assert not list(settings.imports.iterdir())


def test_a_server_out_of_reach_ends_it_with_2_and_one_line(run: Run) -> None:
    done = run("imports", url="postgresql://planner:s3cret@127.0.0.1:1/csomap")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: The database planner@127.0.0.1:1/csomap cannot be opened")
    assert done.stderr.count("\n") == 1 and "s3cret" not in done.stderr


def test_an_address_that_cannot_be_read_ends_it_with_2_and_one_line(run: Run) -> None:
    done = run("decisions", url="mysql://planner:s3cret@host/csomap")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "CSOMAP_DATABASE_URL" in done.stderr and "s3cret" not in done.stderr
