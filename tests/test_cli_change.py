"""The commands for change and where next, as people type them."""

from pathlib import Path

import pytest

from csomap.tables.schemas import CHANGE, WHERE_NEXT, columns
from tests.flow.forms import row, write
from tests.test_cli import Run, refused, run_at, told

PALM, REED = "Palm Grove Society", "Reed Boat Union"
HALF = {"start": "2021-01", "end": "2021-03"}
FILTERS = ("--sector", "health", "--place", "IQG15Q05")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    both = (row(**HALF), row(organisation=REED, start="2021-04", end="2021-06"))
    run_at(tmp_path / "home", "import", write(tmp_path / "a.csv", *both))
    return lambda *command: run_at(tmp_path / "home", *command)


def _line(text: str) -> dict[str, str]:
    (line,) = [row for row in told(text) if row["service"] == "immunisation"]
    return line


def test_two_periods_are_compared(run: Run) -> None:
    days = ("--before-from", "2021-01", "--before-to", "2021-03", "--from", "2021-04", "--to", "2021-06")
    done = run("table", "change", *days, *FILTERS)
    assert done.stdout.splitlines()[0].split(",") == columns(CHANGE)
    line = _line(done.stdout)
    assert (line["months_before"], line["months_now"], line["change"]) == ("3", "3", "same")
    assert line["org_ids_new"] and line["org_ids_gone"]


def test_a_baseline_is_kept_listed_compared_dropped_and_brought_back(run: Run, tmp_path: Path) -> None:
    done = run(
        "baseline", "keep", "Before the plan", "--from", "2021-01", "--to", "2021-06", "--who", "Cluster"
    )
    assert done.exit_code == 0 and "decision 1" in done.stdout
    run(
        "import",
        write(tmp_path / "b.csv", row(organisation="River Bend Relief", start="2021-01", end="2021-06")),
    )
    compared = (
        "table",
        "change",
        "--before-baseline",
        "Before the plan",
        "--from",
        "2021-01",
        "--to",
        "2021-06",
    )
    assert _line(run(*compared, *FILTERS).stdout)["change"] == "grown"
    (kept,) = told(run("baseline", "list").stdout)
    assert (kept["name"], kept["who"], kept["start"], kept["status"]) == (
        "Before the plan", "Cluster", "2021-01-01", "kept",
    )  # fmt: skip
    assert "csomap baseline restore 1" in run("baseline", "drop", "Before the plan").stdout
    refused(run(*compared, *FILTERS), "Before the plan", "Kept: -")
    assert run("baseline", "restore", 1).exit_code == 0
    assert _line(run(*compared, *FILTERS).stdout)["change"] == "grown"


def test_an_import_is_compared_with_another(run: Run, tmp_path: Path) -> None:
    run("import", write(tmp_path / "b.csv", row(**HALF)))
    ids = {line["name"]: line["import_id"] for line in told(run("imports").stdout)}
    sides = ("--before-import", ids["a.csv"], "--now-import", ids["b.csv"])
    line = _line(run("table", "change", *sides, *FILTERS).stdout)
    assert (line["months_before"], line["months_now"]) == ("6", "3")
    assert (line["organisations_before"], line["organisations_now"]) == ("2", "1")


def test_where_next_for_an_organisation(run: Run) -> None:
    everybody = run(
        "table", "where-next", "--topic", "immunisation", "--population", "idp", "--area-level", "1"
    )
    assert everybody.stdout.splitlines()[0].split(",") == columns(WHERE_NEXT)
    ids = {line["name_en"]: line["org_id"] for line in told(run("table", "organisations").stdout)}
    asked = ("--topic", "immunisation", "--area-level", "1", "--organisation", ids[PALM])
    rows = told(run("table", "where-next", *asked).stdout)
    assert len(rows) == 17 and {line["reach"] for line in rows} == {"beside", "far"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("change", "--before-from", "2021-01"), ("--before-to",)),
        (("change", "--before-import", "x", "--before-baseline", "y"), ("Give one of them",)),
        (("change", "--before-import", "x"), ("never was an import 'x'",)),
        (("change", "--before-from", "2021-05", "--before-to", "2021-01"), ("2021-05-01",)),
        (("coverage", "--before-baseline", "x"), ("coverage", "--before-baseline")),
        (("coverage", "--organisation", "x"), ("coverage", "--organisation")),
        (("change", "--organisation", "x", "--before-import", "y"), ("--organisation",)),
        (("where-next", "--before-import", "y"), ("where-next", "--before-import")),
        (("where-next", "--organisation", "x"), ("no organisation 'x'",)),
    ],
)
def test_what_does_not_fit_is_refused_with_the_way_out(
    run: Run, given: tuple[str, ...], words: tuple[str, ...]
) -> None:
    refused(run("table", *given), *words)


def test_a_hostile_name_is_refused(run: Run) -> None:
    refused(run("baseline", "keep", "../../etc/passwd"), "is no name for a baseline")
    assert told(run("baseline", "list").stdout) == []
