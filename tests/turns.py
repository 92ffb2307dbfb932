"""Of cases that differ only in language, database or level, each run takes some by turn.

Which ones depends on the test's name alone, so a run can be repeated, and among the tests of a page every
language has its turn. `pytest --every` runs all.

- In the folders of WORDS a test that has a `lang` is run in one language; `pytest.mark.every` keeps all.
- `pytest.mark.turns(n)`: one case in n of each test; `together`: the same ones of each test of the file,
  where cases share what is dear to make.
"""

from collections import defaultdict
from zlib import crc32

import pytest

WORDS = {"browser", "flow", "reports", "ui"}
LONGEST = ("browser", "engine", "tests")  # folders that come first, so that no worker is left with them alone


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every", action="store_true", help="every language, database and level of every test")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "turns(n, together): one case in n is run, by turn")
    config.addinivalue_line("markers", "every: each language is run each time")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.parent.name not in LONGEST)
    if config.getoption("--every"):
        return
    cases: dict[tuple[object, ...], list[pytest.Item]] = defaultdict(list)
    for item in items:
        cases[item.path, *_alike(item)].append(item)
    left = {id(item) for alike in cases.values() for item in _waiting(alike)}
    config.hook.pytest_deselected(items=[item for item in items if id(item) in left])
    items[:] = [item for item in items if id(item) not in left]


def _alike(item: pytest.Item) -> tuple[object, ...]:
    """Return what is the same, within a file, in the cases that take turns."""
    name = getattr(item, "originalname", item.name)
    if item.get_closest_marker("turns"):
        return (name,)
    words = item.callspec.id.split("-") if hasattr(item, "callspec") else []
    return name, *(word for word in words if word != _lang(item))


def _lang(item: pytest.Item) -> str | None:
    """Return the language that a case is given, if it has one."""
    return item.callspec.params.get("lang") if hasattr(item, "callspec") else None


def _share(item: pytest.Item) -> int:
    """Return in how many cases one is run."""
    if marked := item.get_closest_marker("turns"):
        return int(marked.args[0])
    has_words = item.path.parent.name in WORDS and _lang(item)
    return 3 if has_words and not item.get_closest_marker("every") else 1


def _waiting(alike: list[pytest.Item]) -> list[pytest.Item]:
    """Return those whose turn it is not; of fewer cases than turns one is run."""
    marked = alike[0].get_closest_marker("turns")
    name = alike[0].path.stem if marked and marked.kwargs.get("together") else str(_alike(alike[0]))
    share = min(_share(alike[0]), len(alike))
    return [item for nth, item in enumerate(alike) if nth % share != crc32(name.encode()) % share]
