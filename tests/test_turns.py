"""Which cases are run each time: some by turn, all with --every, and none for ever left out by chance."""

import pytest

CASES = """
import pytest

@pytest.mark.turns(3)
@pytest.mark.parametrize("level", range(12))
def test_levels(level): pass

@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
@pytest.mark.parametrize("page", range(30))
def test_pages(page, lang): print("run in", lang)

@pytest.mark.every
@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_each(lang): pass

@pytest.mark.turns(2)
def test_alone(): pass
"""


def run(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    pytester.mkdir("ui").joinpath("test_cases.py").write_text(CASES)
    return pytester.runpytest_inprocess("-p", "tests.turns", "-p", "no:xdist", "-s", *words)


def test_each_test_keeps_a_case_and_every_language_has_its_turn(pytester: pytest.Pytester) -> None:
    found = run(pytester)
    found.assert_outcomes(passed=4 + 30 + 3 + 1, deselected=8 + 60)
    assert {f"run in {lang}" in found.stdout.str() for lang in ("en", "ar", "ckb")} == {True}


def test_every_runs_all(pytester: pytest.Pytester) -> None:
    run(pytester, "--every").assert_outcomes(passed=12 + 90 + 3 + 1)
