"""The rules of the house: layers, thin pages, small rooms; each check is seen to fail on a planted fault."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from csomap.settings import ROOT

PAGES = sorted((ROOT / "pages").glob("*.py"))
MODULES = sorted((ROOT / "src").rglob("*.py"))
_MAY = ("streamlit.", "csomap.ui.", "csomap.i18n.", "csomap.flow.")
_TOP = {
    *("app.py", "pages", "data", "geo", "static", "src", "tests", "benchmarks", "docs"),
    *("requirements.txt", "requirements-dev.txt", "requirements-spark.txt", "pyproject.toml"),
    *("README.md", "CHANGELOG.md", "LICENSE"),
}


def _imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _strangers(source: str) -> list[str]:
    return [name for name in _imported(source) if not f"{name}.".startswith(_MAY)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_thin_and_imports_only_the_frame_words_and_flow(page: Path) -> None:
    source = page.read_text("utf-8")
    assert _strangers(source) == []
    assert len(source.splitlines()) <= 80


def test_a_page_that_reaches_past_the_flow_is_found() -> None:
    assert _strangers("from csomap.matching import overlaps\nimport pandas") == [
        "csomap.matching.overlaps",
        "pandas",
    ]


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_rooms_import_downward_only() -> None:
    found = _lint(ROOT)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("tables/query.py", "from csomap.store import Store"),
        ("matching/runs.py", "from csomap.analysis import coverage"),
        ("flow/intake.py", "import streamlit"),
        ("analysis/needs.py", "import sqlalchemy"),
        ("matching/pairs.py", "import pyspark"),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, room: str, line: str) -> None:
    left_out = shutil.ignore_patterns("*.egg-info", "__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / "src" / "csomap" / room
    planted.write_text(f"{planted.read_text('utf-8')}\n{line}\n", "utf-8")
    found = _lint(tmp_path)
    assert found.returncode == 1
    assert "broken" in found.stdout.lower()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(ROOT / "src").as_posix())
def test_a_room_is_small(module: Path) -> None:
    source = module.read_text("utf-8")
    assert len(source.splitlines()) <= 250
    long = [name for name, lines in _functions(source) if lines > 30]
    assert long == []


def _functions(source: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            first = node.body[0]
            told = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - told


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == ["src/csomap/__main__.py"]


@pytest.fixture
def tracked() -> list[str]:
    """Return the paths of all files in the repository."""
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        reason = "this is no checkout, or git is not installed"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def test_nothing_lies_about_at_the_top(tracked: list[str]) -> None:
    top = {Path(name).parts[0] for name in tracked}
    assert {name for name in top if not name.startswith(".")} <= _TOP


def test_nothing_of_the_published_files_is_in_the_repository(tracked: list[str]) -> None:
    assert not [name for name in tracked if name.endswith((".zip", ".shp", ".xls", ".xlsx"))]
