"""The command line to the letter of the contract: every command, every option, every exit code."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from csomap import cli, flow
from csomap.settings import Settings
from csomap.store import Store
from csomap.tables import taxonomy
from tests.flow.forms import COLUMNS, row, write

PAIRS = (
    "activity_a activity_b org_a org_b kind grade service service_relation population_relation "
    "characteristic_relation area_relation time_relation days same_site"
)
OVERLAPS = (
    "overlap_id service population_group characteristic pcode start end days org_count org_ids "
    "activity_count activity_ids same_site cso_count funders_known same_funder possible_count verdict"
)
COVERAGE = (
    "pcode area_name service population_group indicator organisations cso_count activities months_active "
    "months continuity org_months targeted_max targeted_sum reached_max reached_sum people_in_need "
    "organisations_per_100k unspecified unlocated status need_share presence_share gap_score"
)
ORGANISATIONS = (
    "org_id name_en name_ar name_ckb acronym type status registration founded functions aliases activities "
    "first_month last_month"
)
EVIDENCE = "overlap_id org_a org_b activity_a activity_b reason answer value value_a value_b points"
COMING_GAPS = (
    "pcode service population_group horizon_months ends org_ids_leaving org_ids_staying candidates kind"
)
TABLES = {
    "pairs": PAIRS.split(),
    "overlaps": OVERLAPS.split(),
    "evidence": EVIDENCE.split(),
    "coverage": COVERAGE.split(),
    "gaps": COVERAGE.split(),
    "regions": ["region", *COVERAGE.split()[1:]],
    "organisations": ORGANISATIONS.split(),
    "coming-gaps": COMING_GAPS.split(),
    "reports": [*COLUMNS, "source_id", "source_row"],
    "activities": [*COLUMNS, "source_id", "source_row", "end_is_stated", "report_count"],
}
COMMANDS = "import check table resolve imports undo template boundaries demo reset report minutes meetings"

Run = Callable[..., Result]


def told(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def run_at(home: Path | None, *command: object) -> Result:
    where = ["--home", str(home)] if home else []
    return CliRunner().invoke(cli.app, [*map(str, command), *where])


def refused(result: Result, *words: str) -> None:
    """One kind line on standard error, nothing on standard output, exit 2."""
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.count("\n") == 1 and result.stderr.startswith("Error: ")
    for word in words:
        assert word in result.stderr


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *command: run_at(tmp_path / "home", *command)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, flow.Data]:
    """A home that holds the sample, and what is loaded from it."""
    home = tmp_path_factory.mktemp("cli") / "home"
    assert run_at(home, "demo").exit_code == 0
    return home, flow.load(Settings(home))


@pytest.fixture
def sample(kept: tuple[Path, flow.Data], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run on a home that holds the sample, without reading it each time."""
    monkeypatch.setattr(flow, "load", lambda *_, **options: kept[1])
    return lambda *command: run_at(kept[0], *command)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(
        tmp_path / "rows.csv", row(start="2021-01"), row(start="2021-01"), row(start="2021-05", end="2021-05")
    )


# import and check


def test_import_tells_what_became_of_every_row_and_a_second_one_that_nothing_changed(
    run: Run, file: Path
) -> None:
    first, again = run("import", file), run("import", file)
    assert first.exit_code == again.exit_code == 0
    for line in ("rows read: 3", "accepted: 2", "for review: 0", "rejected: 0", "duplicate rows: 1"):
        assert line in first.stdout.splitlines()
    assert first.stdout.startswith("Imported rows.csv.") and "nothing changed" in again.stdout
    assert len(told(run("imports").stdout)) == 1


def test_several_files_are_imported_and_their_problems_are_all_told(run: Run, tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", row(service="goats"))
    two = write(tmp_path / "two.csv", row(service="camels"))
    lines = tmp_path / "problems.csv"
    assert run("import", one, two, "--problems", lines).exit_code == 0
    assert {line["name"] for line in told(run("imports").stdout)} == {"one.csv", "two.csv"}
    services = {line["value"] for line in told(lines.read_text("utf-8-sig")) if line["column"] == "service"}
    assert services == {"goats", "camels"}


def test_every_month_of_a_workbook_is_an_import_of_its_own(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "year.xlsx"
    with pd.ExcelWriter(path, engine="xlsxwriter") as book:
        for month in ("Jan", "Feb", "Mar"):
            pd.DataFrame([row()], columns=COLUMNS).to_excel(book, sheet_name=month, index=False)
    assert run("check", path).stdout.count("--all-sheets") == 2
    assert run("import", path, "--sheet", "Feb").exit_code == 0
    done = run("import", path, "--all-sheets")
    assert done.exit_code == 0 and "--all-sheets" not in done.stdout
    assert sorted(line["sheet"] for line in told(run("imports").stdout)) == ["Feb", "Jan", "Mar"]
    refused(run("import", path, "--sheet", "May"), "May", "Jan, Feb, Mar")


def test_problems_have_exactly_the_columns_of_the_contract(run: Run, tmp_path: Path) -> None:
    bad, lines = (
        write(tmp_path / "bad.csv", row(service="goats"), row(start="30/02/2021")),
        tmp_path / "p.csv",
    )
    assert run("import", bad, "--problems", lines).exit_code == 0
    text = lines.read_text("utf-8-sig")
    assert text.splitlines()[0] == "source_row,column,value,reason,suggestion"
    by_value = {line["value"]: line for line in told(text)}
    assert (by_value["goats"]["source_row"], by_value["goats"]["column"]) == ("2", "service")
    assert by_value["30/02/2021"]["source_row"] == "3"
    assert all(line["reason"] and line["suggestion"] for line in told(text))


@pytest.mark.parametrize("command", ["import", "check"])
def test_a_wrong_ending_for_the_problems_is_refused_before_anything_is_done(
    command: str, run: Run, file: Path, tmp_path: Path
) -> None:
    where = ["--home", tmp_path / "home"] if command == "import" else []
    refused(run_at(None, command, file, "--problems", tmp_path / "problems.txt", *where), "problems.txt")
    assert told(run("imports").stdout) == []


def test_check_stores_nothing_and_exits_1_if_a_row_is_rejected(tmp_path: Path, file: Path) -> None:
    home = tmp_path / "elsewhere"
    bad = write(tmp_path / "bad.csv", row(), row(start="2021-06", end="2021-03"))
    waits = write(tmp_path / "waits.csv", row(service="goats"))
    os.environ["CSOMAP_HOME"] = str(home)
    try:
        results = {path.stem: run_at(None, "check", path) for path in (file, bad, waits)}
    finally:
        del os.environ["CSOMAP_HOME"]
    assert {name: result.exit_code for name, result in results.items()} == {"rows": 0, "bad": 1, "waits": 0}
    assert "rejected: 1" in results["bad"].stdout and "for review: 1" in results["waits"].stdout
    assert not home.exists()


def test_a_file_of_which_every_row_is_rejected_is_checked_and_not_imported(run: Run, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.csv", row(start="2021-06", end="2021-03"))
    checked = run_at(None, "check", bad)
    assert checked.exit_code == 1 and "rejected: 1" in checked.stdout.splitlines()
    refused(run("import", bad))
    assert told(run("imports").stdout) == []


def test_check_writes_the_problems_too(tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.csv", row(start="2021-06", end="2021-03"))
    assert run_at(None, "check", bad, "--problems", tmp_path / "p.csv").exit_code == 1
    assert len(told((tmp_path / "p.csv").read_text("utf-8-sig"))) >= 1


def test_a_period_dates_the_rows_without_a_date(run: Run, tmp_path: Path) -> None:
    undated = write(tmp_path / "rows.csv", row(start="", end=""))
    assert run("import", undated, "--period", "2021-01:2021-12").exit_code == 0
    (report,) = told(run("table", "reports").stdout)
    assert (report["start"], report["end"]) == ("2021-01-01", "2021-12-31")


@pytest.mark.parametrize(
    "period", ["2021", "2021-05:", "2021-05:2021-04", "then:now", ":2021-04", "2021-13:2022-01"]
)
def test_a_wrong_period_is_refused(period: str, run: Run, file: Path) -> None:
    refused(run("import", file, "--period", period))
    assert told(run("imports").stdout) == []


def test_a_profile_fixes_the_layout_and_an_unknown_one_is_refused(run: Run, file: Path) -> None:
    refused(run("import", file, "--profile", "7w"), "7w", "5w_plain", "ocha_iraq_3w")
    refused(run("import", file, "--profile", "ocha_iraq_3w"))
    assert run("import", file, "--profile", "5w_plain").exit_code == 0


def test_replaces_puts_a_corrected_file_in_its_place_and_undo_brings_the_first_back(
    run: Run, file: Path, tmp_path: Path
) -> None:
    run("import", file)
    (first,) = told(run("imports").stdout)
    better = write(tmp_path / "better.csv", row(start="2021-07", end="2021-07"))
    refused(run("import", better, "--replaces", "nobody"), "nobody", first["import_id"])
    assert run("import", better, "--replaces", first["import_id"]).exit_code == 0
    assert [line["start"] for line in told(run("table", "reports").stdout)] == ["2021-07-01"]
    status = {line["name"]: line["status"] for line in told(run("imports").stdout)}
    assert status == {"rows.csv": "replaced", "better.csv": "live"}
    newest = told(run("imports").stdout)[0]["import_id"]
    assert run("undo", newest).exit_code == 0
    assert len(told(run("table", "reports").stdout)) == 2
    refused(run("undo", newest), newest)


def test_a_file_that_is_not_there_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    refused(run("import", tmp_path / "nowhere.csv"), "nowhere.csv")
    refused(run_at(None, "check", tmp_path / "nowhere.csv"), "nowhere.csv")


# tables


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_exactly_the_columns_of_the_contract(name: str, sample: Run) -> None:
    result = sample("table", name)
    assert result.exit_code == 0
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[0] == TABLES[name]
    assert len(rows) > 1 and {len(cells) for cells in rows} == {len(rows[0])}


def test_the_defaults_are_topic_and_district(sample: Run) -> None:
    plain = sample("table", "overlaps").stdout
    assert sample("table", "overlaps", "--service-level", "topic", "--area-level", "2").stdout == plain
    tree = taxonomy.load("services")
    assert {tree.level(line["service"]) for line in told(plain)} == {"topic"}
    assert {len(line["pcode"]) for line in told(plain)} == {8}


FILTERS = {
    "sector": ("health", lambda line: "health" in (line["service"], *above("services", line["service"]))),
    "topic": (
        "immunisation",
        lambda line: "immunisation" in (line["service"], *above("services", line["service"])),
    ),
    "service": ("immunisation_routine", lambda line: line["service"] == "immunisation_routine"),
    "population": (
        "idp",
        lambda line: any("idp" in (code, *above("population_groups", code)) for code in groups(line)),
    ),
    "place": ("IQG15", lambda line: line["pcode"].startswith("IQG15")),
    "organisation-type": ("ingo", lambda line: line["organisation_type"] == "ingo"),
    "from": ("2025-06-10", lambda line: not line["end"] or line["end"] >= "2025-06-10"),
    "to": ("2025-03", lambda line: not line["start"] or line["start"] <= "2025-03-31"),
}


def above(name: str, code: str) -> tuple[str, ...]:
    return tuple(taxonomy.load(name).ancestors(code)) if code else ()


def groups(line: dict[str, str]) -> list[str]:
    return [code for code in line["population_group"].split(";") if code]


@pytest.mark.turns(3)
@pytest.mark.parametrize("option", FILTERS)
def test_a_filter_keeps_the_codes_at_or_below_it_and_nothing_else(option: str, sample: Run) -> None:
    value, fits = FILTERS[option]
    for name in ("reports", "activities"):
        everything = told(sample("table", name).stdout)
        kept = told(sample("table", name, f"--{option}", value).stdout)
        assert kept == [line for line in everything if fits(line)]
        assert 0 < len(kept) < len(everything)


@pytest.mark.turns(3)
@pytest.mark.parametrize("option", ["service", "population", "place", "organisation-type", "from"])
def test_every_filter_works_on_the_answers(option: str, sample: Run) -> None:
    for name in ("overlaps", "coverage"):
        result = sample("table", name, f"--{option}", FILTERS[option][0])
        assert result.exit_code == 0, result.stderr or result.exception
        assert result.stdout.startswith(",".join(TABLES[name]))


@pytest.mark.parametrize("name", ["pairs", "gaps", "regions"])
def test_all_filters_work_together(name: str, sample: Run) -> None:
    used = {option: value for option, (value, _) in FILTERS.items() if (name, option) != ("regions", "place")}
    options = [word for option, value in used.items() for word in (f"--{option}", value)]
    options[options.index("2025-06-10")] = "2025-02"
    result = sample("table", name, *options)
    assert result.exit_code == 0, result.stderr or result.exception
    assert result.stdout.startswith(",".join(TABLES[name]))


def test_regions_are_of_the_whole_country(sample: Run) -> None:
    refused(sample("table", "regions", "--place", "IQG15"))


def test_organisations_are_those_that_do_what_is_asked_for(sample: Run) -> None:
    everybody = told(sample("table", "organisations").stdout)
    there = told(sample("table", "organisations", "--place", "IQG02", "--organisation-type", "cso").stdout)
    assert 0 < len(there) < len(everybody)
    assert {line["type"] for line in there} == {"cso"}


def test_a_topic_of_another_sector_is_refused(sample: Run) -> None:
    refused(sample("table", "overlaps", "--sector", "wash", "--topic", "mhpss"))


def test_filters_of_place_and_days_narrow_the_overlaps(sample: Run) -> None:
    everything = told(sample("table", "overlaps").stdout)
    there = told(sample("table", "overlaps", "--place", "IQG15Q05").stdout)
    assert [line["overlap_id"] for line in there] == [
        line["overlap_id"] for line in everything if line["pcode"] == "IQG15Q05"
    ]
    spring = told(sample("table", "overlaps", "--from", "2025-03", "--to", "2025-04-15").stdout)
    assert min(line["start"] for line in spring) == "2025-03-01"
    assert max(line["end"] for line in spring) == "2025-04-15"
    days = {line["overlap_id"]: int(line["days"]) for line in everything}
    long = told(sample("table", "overlaps", "--min-days", "60").stdout)
    assert {line["overlap_id"] for line in long} == {name for name, n in days.items() if n >= 60} != set(days)


@pytest.mark.turns(3)
@pytest.mark.parametrize("level", ["1", "2", "3", "site"])
def test_area_levels(level: str, sample: Run) -> None:
    found = told(sample("table", "overlaps", "--area-level", level).stdout)
    assert found
    if level == "site":
        assert all("|" in line["pcode"] for line in found)
    else:
        assert {len(line["pcode"]) for line in found} == {{"1": 5, "2": 8, "3": 11}[level]}


@pytest.mark.parametrize("level", ["sector", "topic", "service"])
def test_service_levels(level: str, sample: Run) -> None:
    tree = taxonomy.load("services")
    for name in ("overlaps", "coverage"):
        found = told(sample("table", name, "--area-level", "1", "--service-level", level).stdout)
        assert {tree.level(line["service"]) for line in found} == {level}


def test_gaps_are_the_coverage_that_is_not_covered_worst_first(sample: Run) -> None:
    levels = ("--sector", "health", "--area-level", "1", "--service-level", "sector")
    coverage, gaps = (told(sample("table", name, *levels).stdout) for name in ("coverage", "gaps"))
    assert len(coverage) == 18
    assert {line["pcode"] for line in gaps} == {
        line["pcode"] for line in coverage if line["status"] != "covered"
    }
    scores = [float(line["gap_score"]) for line in gaps]
    assert scores == sorted(scores, reverse=True)


def test_regions_are_the_four_regions(sample: Run) -> None:
    found = told(sample("table", "regions", "--sector", "health", "--service-level", "sector").stdout)
    assert {line["region"] for line in found} == {"kri", "north", "centre", "south"}


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--sector", "goats"], "goats"),
        (["--sector", "immunisation"], "topic"),
        (["--topic", "helth"], "health"),
        (["--service", "goats"], "goats"),
        (["--population", "goats"], "goats"),
        (["--place", "IQG99"], "IQG99"),
        (["--place", "Basrah"], "Basrah"),
        (["--organisation-type", "circus"], "circus"),
        (["--service-level", "cluster"], "cluster"),
        (["--area-level", "4"], "site"),
        (["--from", "2021-13"], "2021-13"),
        (["--to", "yesterday"], "yesterday"),
        (["--from", "2021-05", "--to", "2021-04"], "2021-05"),
        (["--min-days", "0"], "0"),
        (["--out", "table.pdf"], "table.pdf"),
        (["--out", "no/such/folder/table.csv"], "no/such/folder"),
    ],
)
def test_what_does_not_exist_is_told_in_one_kind_line(options: list[str], word: str, sample: Run) -> None:
    for name in TABLES:
        refused(sample("table", name, *options), word)


def test_coverage_has_no_list_of_all_sites(sample: Run) -> None:
    refused(sample("table", "coverage", "--area-level", "site"), "site")


def test_an_unknown_table_names_the_known_ones(sample: Run) -> None:
    refused(sample("table", "duplicates"), "duplicates", *TABLES)


def test_without_an_import_a_table_says_what_to_do(run: Run) -> None:
    refused(run("table", "overlaps"), "csomap import", "csomap demo")


@pytest.mark.turns(3)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "CSV"])
def test_out_writes_the_same_rows_to_a_file(ending: str, sample: Run, tmp_path: Path) -> None:
    out = tmp_path / f"overlaps.{ending}"
    shown = told(sample("table", "overlaps", "--place", "IQG15").stdout)
    assert sample("table", "overlaps", "--place", "IQG15", "--out", out).stdout == ""
    read = {
        "csv": pd.read_csv,
        "xlsx": partial(pd.read_excel, engine="openpyxl"),
        "parquet": pd.read_parquet,
    }[ending.lower()]
    written = read(out)
    assert list(written) == TABLES["overlaps"]
    assert list(written["overlap_id"]) == [line["overlap_id"] for line in shown]
    assert [str(day)[:10] for day in written["start"]] == [line["start"] for line in shown]


# resolve, template, boundaries, demo, reset


def test_resolve_shows_id_method_score_and_candidates() -> None:
    result = run_at(None, "resolve", "place", "Al-Hamdaniya", "Mosul", "Atlantis")
    found = told(result.stdout)
    assert list(found[0]) == ["text", "id", "method", "score", "candidates"]
    assert [line["text"] for line in found] == ["Al-Hamdaniya", "Mosul", "Atlantis"]
    assert found[0]["id"] and found[0]["candidates"].startswith(f"{found[0]['id']}=100")
    assert (found[2]["id"], found[2]["method"]) == ("", "none")


def test_resolve_place_takes_a_level_and_a_place_to_look_in() -> None:
    for level, expected in ((1, "IQG02"), (2, "IQG02Q02")):
        (line,) = told(run_at(None, "resolve", "place", "Basrah", "--level", level).stdout)
        assert line["id"] == expected
    inside = told(run_at(None, "resolve", "place", "Basrah", "--level", "2", "--within", "IQG02").stdout)
    outside = told(run_at(None, "resolve", "place", "Basrah", "--level", "2", "--within", "IQG15").stdout)
    assert (inside[0]["id"], outside[0]["id"]) == ("IQG02Q02", "")
    refused(run_at(None, "resolve", "place", "Basrah", "--within", "NOWHERE"), "NOWHERE")
    assert run_at(None, "resolve", "place", "Basrah", "--level", "4").exit_code == 2


def test_resolve_organisation_and_term() -> None:
    assert told(run_at(None, "resolve", "organisation", "WHO").stdout)[0]["id"] == "who"
    terms = told(run_at(None, "resolve", "term", "التحصين", "Direct support", "IDPs").stdout)
    assert [line["id"] for line in terms] == ["immunisation", "direct_support", "idp"]
    refused(run_at(None, "resolve", "service", "health"), "service")


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_a_template_is_written_in_each_language(lang: str, tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"
    assert run_at(None, "template", "--lang", lang, "--out", out).exit_code == 0
    heads = [cell.value for cell in openpyxl.load_workbook(out).worksheets[0][1]]
    assert len(heads) == len(COLUMNS) + 3 and all(
        heads
    )  # and governorate, district, sub-district to choose by
    assert heads[0].isascii() is (lang == "en")


def test_a_template_in_an_unknown_language_is_refused(tmp_path: Path) -> None:
    refused(run_at(None, "template", "--lang", "fr", "--out", tmp_path / "form.xlsx"), "fr", "en, ar, ckb")
    assert not (tmp_path / "form.xlsx").exists()


def test_boundaries_that_are_none_are_refused(run: Run, file: Path) -> None:
    refused(run("boundaries", "install", file), "rows.csv")


def test_demo_says_that_it_is_fictional_and_reset_asks_first(run: Run) -> None:
    assert "fictional" in run("demo").stdout
    assert len(told(run("table", "overlaps", "--place", "IQG15Q05").stdout)) > 0
    refused(run("reset"), "--yes")
    assert len(told(run("imports").stdout)) == 1
    assert run("reset", "--yes").exit_code == 0
    assert told(run("imports").stdout) == []


def test_imports_are_listed_newest_first_with_their_counts(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", file)
    run("import", write(tmp_path / "later.csv", row(start="2022-01", end="2022-01")))
    found = told(run("imports").stdout)
    assert [line["name"] for line in found] == ["later.csv", "rows.csv"]
    assert (found[1]["rows_read"], found[1]["accepted"], found[1]["duplicate_rows"]) == ("3", "2", "1")


def test_the_help_names_every_command() -> None:
    text = CliRunner().invoke(cli.app, ["--help"]).stdout
    named = {line.split()[1] for line in text.splitlines() if line.startswith(("│ ", "| "))}
    assert named >= {*COMMANDS.split(), "--help"}


# as a program


def program(folder: Path, *command: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "csomap", *map(str, command)],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_as_a_program_it_keeps_its_data_in_the_working_directory(tmp_path: Path, file: Path) -> None:
    done = program(tmp_path, "import", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / ".csomap" / "catalogue.db").exists()
    assert Store(Settings(tmp_path / ".csomap")).live() != []


def test_as_a_program_it_ends_with_2_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(b"")
    done = program(tmp_path, "import", "bad.csv", CSOMAP_HOME=str(tmp_path / "elsewhere"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: bad.csv is empty") and done.stderr.count("\n") == 1
    assert not (tmp_path / ".csomap").exists()
