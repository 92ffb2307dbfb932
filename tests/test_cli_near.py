"""The distance mode of the command line: `csomap table pairs --near-km 5`."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from csomap import cli
from tests.flow.forms import row, write

CLINIC = {"pcode": "IQG15Q05", "organisation": "Palm Grove Society", "longitude": 43.13, "latitude": 36.34}
BEYOND = {"pcode": "IQG15Q02", "organisation": "Reed Boat Union", "longitude": 43.16, "latitude": 36.34}


def run(home: Path, *command: object) -> Result:
    return CliRunner().invoke(cli.app, [*map(str, command), "--home", str(home)])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two organisations that do the same, 3 km apart in two districts."""
    folder = tmp_path_factory.mktemp("near")
    file = write(folder / "rows.csv", row(**CLINIC), row(**BEYOND))
    assert run(folder, "import", file).exit_code == 0
    return folder


def test_pairs_hold_near_ones_only_where_they_are_asked_for(home: Path) -> None:
    found = [
        list(csv.DictReader(io.StringIO(run(home, "table", "pairs", *more).stdout)))
        for more in ((), ("--near-km", "2"), ("--near-km", "5"))
    ]
    assert [len(rows) for rows in found] == [0, 0, 1]
    assert (found[2][0]["area_relation"], found[2][0]["grade"]) == ("near", "possible")


def test_no_other_table_changes(home: Path) -> None:
    for name in ("overlaps", "coverage", "organisations"):
        assert run(home, "table", name, "--near-km", "5").stdout == run(home, "table", name).stdout


@pytest.mark.parametrize("km", ["0", "-3", "51", "nan", "inf"])
def test_an_impossible_distance_is_refused(home: Path, km: str) -> None:
    refused = run(home, "table", "pairs", "--near-km", km)
    assert refused.exit_code == 2
    assert "at most 50 km" in refused.stderr
