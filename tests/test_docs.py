"""The README tells what is true: its commands run, its figures stand, every command is named."""

import re
import shlex
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from typer.core import TyperGroup as Group
from typer.main import get_command

from csomap.cli import app
from csomap.settings import ROOT
from csomap.tables import dictionary

README = (ROOT / "README.md").read_text("utf-8")
_WITHOUT_HEALTH = ("02", "03", "04", "12", "14", "17", "18")
REAL = ROOT.parent / "shared" / "data" / "3w" / "irq_3w_jan_dec_2021_longtable_20220120.xlsx"


def _blocks() -> list[str]:
    return re.findall(r"```bash\n(.*?)```", README, flags=re.DOTALL)


def test_the_readme_has_two_set_up_commands_and_one_example() -> None:
    setup_app, setup_tests, example = (block.strip().splitlines() for block in _blocks())
    assert setup_app == ["pip install -r requirements.txt && streamlit run app.py"]
    assert setup_tests == ["pip install -r requirements-dev.txt && pytest"]
    assert all(line.startswith("csomap ") for line in example)
    assert len(README.splitlines()) <= 120


def test_ci_runs_the_test_command_of_the_readme() -> None:
    pip, pytest_ = "pip install -r requirements-dev.txt", "&& pytest"
    line = next(line for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if pytest_ in line)
    assert line.startswith(pip)
    assert line.endswith(pytest_)


@pytest.mark.skipif(not REAL.exists(), reason="the published file is not here")
def test_the_example_runs_on_the_real_file(tmp_path: Path) -> None:
    (tmp_path / REAL.name).symlink_to(REAL)
    told = "\n".join(_run(line, tmp_path) for line in _blocks()[2].strip().splitlines())
    for figure in ("rows read: 21092", "accepted: 16631", "duplicate rows: 4461"):
        assert figure in told
    assert re.search(r"^IQG15,Ninewa,health,,population,24,", told, flags=re.MULTILINE)
    assert all(re.search(rf"^IQG{n},.*,gap,", told, flags=re.MULTILINE) for n in _WITHOUT_HEALTH)
    assert (tmp_path / "gaps.xlsx").exists()


def _run(line: str, folder: Path) -> str:
    command = [sys.executable, "-m", *shlex.split(line)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_command_is_named_in_the_readme() -> None:
    names = [command.name for command in app.registered_commands]
    names += [group.name for group in app.registered_groups]
    assert [name for name in names if f"csomap {name}" not in README] == []


def _named(text: str) -> list[list[str]]:
    """Return the words of every command that stands in a block or between two backticks."""
    blocks = re.findall(r"```bash\n(.*?)```", text, flags=re.DOTALL)
    spans = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    lines = [*"".join(blocks).splitlines(), *spans]
    return [words for words in map(shlex.split, lines) if words[:1] == ["csomap"]]


def _strange(words: list[str]) -> list[str]:
    """Return what of a command line the program does not know: its command, or its options."""
    command = get_command(app)
    for word in words[1:]:
        if not isinstance(command, Group):
            break
        if word not in command.commands:
            return [word]
        command = command.commands[word]
    known = {"--help", *(name for one in command.params for name in one.opts)}
    return [word for word in words if word.startswith("--") and word not in known]


def test_the_readme_names_no_command_or_option_that_does_not_exist() -> None:
    named = [words for words in _named(README) if "COMMAND" not in words]
    assert len(named) > 15
    assert [strange for words in named if (strange := _strange(words))] == []


@pytest.mark.parametrize(
    ("planted", "strange"),
    [
        ("Run `csomap tidy` now.", "tidy"),
        ("```bash\ncsomap importt FILE\n```", "importt"),
        ("Then `csomap registry\nexport`.", "export"),
        ("`csomap template --language ar`", "--language"),
    ],
)
def test_a_command_that_does_not_exist_is_found(planted: str, strange: str) -> None:
    assert [_strange(words) for words in _named(planted)] == [[strange]]


def test_the_data_dictionary_is_that_of_the_schemas() -> None:
    assert dictionary.TARGET.read_text("utf-8") == dictionary.markdown()


def test_every_dependency_earns_its_place_in_a_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = [re.split(r"[=\[]", line)[0] for line in listed]
    told = (ROOT / "docs" / "methods.md").read_text("utf-8").split("## Why each dependency")[1]
    assert [name for name in names if name not in told] == []
    assert all("==" in line for line in listed)
