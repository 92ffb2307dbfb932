"""Sentences for people live in the catalogue, so that they exist in three languages."""

from pathlib import Path

import pytest

from csomap.settings import ROOT

from .sentences import sentences

_EXEMPT = {
    "src/csomap/ui/style.py",  # the style sheet
    # Words that files use, in their own languages.
    *(
        f"src/csomap/{name}.py"
        for name in ("importers/header_words", "resolve/bare_names", "resolve/countries")
    ),
    # What the columns hold, for docs/data_dictionary.md.
    *(
        f"src/csomap/tables/{name}.py"
        for name in (
            "change_schemas",
            "dictionary",
            "evidence_schemas",
            "fairness_schemas",
            "organisation_schemas",
            "schemas",
            "suggestion_schemas",
            "taxonomy",
            "transition_schemas",
            "verdict_schemas",
        )
    ),
}
_ROOMS = ["src/csomap/**/*.py", "pages/*.py", "app.py"]


def _files() -> list[Path]:
    files = {file for room in _ROOMS for file in ROOT.glob(room)}
    return sorted(file for file in files if file.relative_to(ROOT).as_posix() not in _EXEMPT)


def test_no_sentence_for_people_stands_in_the_code() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in _files()
        for line, text in sentences(file.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        'st.write("Choose a place first")',
        'st.write(f"{n} organisations work here")',
        'st.markdown("<b>No file was imported</b>")',
        'title = "Nobody reports here, so far"',
        'st.caption("لا توجد بيانات هنا")',
        'options = {"all": "Show all of them"}',
        'raise typer.BadParameter("write a month like this")',
    ],
)
def test_a_sentence_in_the_code_is_found(planted: str) -> None:
    assert [line for line, _ in sentences(planted)] == [1]


@pytest.mark.parametrize(
    "harmless",
    [
        'def f():\n    """Return the words of a key."""',
        '"""A module about many things."""',
        'columns = ["service", "population_group", "pcode"]',
        'style = "display:flex;flex-wrap:wrap;border:1px solid black"',
        'st.html("<style>.block a b { color: red }</style>")',
        'query = "SELECT service FROM reports WHERE pcode IS NULL"',
        'names = {"Noto Sans Arabic Bold": 1}',
        'font = "Noto Sans"',
        """family = '"Noto Sans Arabic","Source Sans Pro",sans-serif'""",
        't("figure.described.map", lang)',
        "st.html(f\"<div dir='{way}' class='one two three'>{escape(words)}</div>\")",
        'stamp = f"{day:%d %B %Y} {name}"',
        "path = 'M 0 0 L 10 10 Z'",
    ],
)
def test_what_is_not_a_sentence_is_left_alone(harmless: str) -> None:
    assert sentences(harmless) == []
