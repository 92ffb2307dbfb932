"""`csomap report`: the filters as a file, in the chosen language."""

from pathlib import Path

import pytest
from pptx import Presentation
from typer.testing import CliRunner, Result

from csomap.cli import app
from csomap.i18n import t
from tests.ui.forms import PLAIN, brought_in


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    brought_in(folder, folder, *PLAIN)
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def call(home: Path, *words: str) -> Result:
        return CliRunner().invoke(app, ["report", *words, "--home", str(home)])

    return call


def test_the_report_is_named_by_itself_and_tells_how_far_it_is(run, imported, tmp_path: Path) -> None:
    done = run(imported, "--sector", "health", "--lang", "ar")
    assert done.exit_code == 0, done.output
    assert "csomap-2021-12-ar.pdf" in done.stdout
    assert f"1/10 {t('reports.section.overview', 'ar')}" in done.stderr
    assert (tmp_path / "csomap-2021-12-ar.pdf").read_bytes().startswith(b"%PDF")


def test_the_filters_and_the_name_of_the_file_are_those_that_were_given(
    run, imported, tmp_path: Path
) -> None:
    out = tmp_path / "mine.pptx"
    words = ("--place", "IQG15", "--from", "2021-02", "--to", "2021-03", "--area-level", "1")
    assert run(imported, *words, "--out", str(out)).exit_code == 0
    cover = " ".join(shape.text_frame.text for shape in Presentation(out).slides[0].shapes)
    assert "February 2021 – March 2021" in cover and "Ninewa" in cover


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "docx"), "docx"),
        (("--lang", "ku"), "ku"),
        (("--out", "none/here.pdf"), "none"),
        (("--out", "here.txt"), "txt"),
        (("--area-level", "7"), "7"),
        (("--place", "IQG99"), "IQG99"),
    ],
)
def test_a_fault_leaves_with_2_and_says_what_is_wrong(
    run, imported, words: tuple[str, ...], told: str
) -> None:
    done = run(imported, *words)
    assert done.exit_code == 2 and told in done.stderr


def test_where_nothing_is_imported_the_way_out_is_told(run, tmp_path: Path) -> None:
    done = run(tmp_path / "home", "--lang", "en")
    assert done.exit_code == 2 and t("error.nothing_imported").split(".")[0] in done.stderr
