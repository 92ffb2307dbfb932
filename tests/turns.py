"""Of cases that differ only in language, database or level, each run takes some by turn.

Which ones depends on the test's name alone, so a run can be repeated, and among the tests of a page every
language has its turn. `pytest --every` runs all; so does asking for a file's tests one by one.

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
        cases[_alike(item)].append(item)
    left = {id(item) for key, alike in cases.items() if key[0] for item in _waiting(alike)}
    config.hook.pytest_deselected(items=[item for item in items if id(item) in left])
    items[:] = [item for item in items if id(item) not in left]


def _alike(item: pytest.Item) -> tuple[object, ...]:
    """Return what is the same in all cases of which some are run: first in how many one is, or 0."""
    given = dict(getattr(getattr(item, "callspec", None), "params", {}))
    name = getattr(item, "originalname", item.name)
    if marked := item.get_closest_marker("turns"):
        return marked.args[0], item.path, name
    if "lang" in given and item.path.parent.name in WORDS and not item.get_closest_marker("every"):
        others = {key: value for key, value in given.items() if key != "lang"}
        return 3, item.path, name, repr(others)
    return 0, item.path, name


def _waiting(alike: list[pytest.Item]) -> list[pytest.Item]:
    """Return those whose turn it is not; of fewer cases than turns one is run."""
    marked = alike[0].get_closest_marker("turns")
    share = min(marked.args[0] if marked else 3, len(alike))
    together = marked and marked.kwargs.get("together")
    turn = crc32((alike[0].path.stem if together else _alike(alike[0])[2:].__repr__()).encode()) % share
    return [item for nth, item in enumerate(alike) if nth % share != turn]
