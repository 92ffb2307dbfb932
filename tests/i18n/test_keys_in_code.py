"""The catalogue holds the words that the code asks for, and no others."""

import ast
import re

from csomap.i18n import keys

from .catalogues import entries, placeholders
from .code_keys import Code, collect, read, sources

ENGLISH = entries("en")


def _read(snippet: str) -> Code:
    code = Code()
    collect(ast.parse(snippet), "snippet", code)
    return code


def _unknown(code: Code) -> list[str]:
    known = keys("en")
    return [
        f"{asked.where} {asked.pattern}"
        for asked in code.asked
        if not any(re.fullmatch(asked.pattern, key) for key in known)
    ]


def _lacking(code: Code) -> list[str]:
    return [
        f"{asked.where} {key}: {sorted(lost)}"
        for asked in code.asked
        if asked.values is not None
        for key, words in ENGLISH.items()
        if re.escape(key) == asked.pattern
        if (lost := placeholders(words["other"] if isinstance(words, dict) else words) - asked.values)
    ]


def test_every_key_that_the_code_asks_for_exists() -> None:
    assert _unknown(read(sources())) == []


def test_every_value_that_the_words_need_is_given() -> None:
    assert _lacking(read(sources())) == []


def test_no_words_are_left_that_the_code_never_asks_for() -> None:
    code = read(sources())
    assert sorted(key for key in keys("en") if not code.speaks_of(key)) == []


def test_a_key_that_does_not_exist_is_found() -> None:
    asked = [
        't("field.servise", lang)',
        't(f"fields.{name}", lang)',
        'raise BadFile("file_odd")',
        "t(key, lang)",
    ]
    unknown = [line.split()[1] for line in _unknown(_read("\n".join(asked)))]
    assert unknown == [r"field\.servise", r"fields\..*", r"error\.file_odd"]


def test_both_ways_of_a_condition_are_looked_up() -> None:
    code = _read('i18n.t("field.start" if first else "field.finish", lang)')
    assert [line.split()[1] for line in _unknown(code)] == [r"field\.finish"]


def test_a_value_that_was_forgotten_is_found() -> None:
    asked = [f't("problem.nearest", lang, {given})' for given in ("hit=name", "hint=name", "**values")]
    assert [line.split()[0] for line in _lacking(_read("\n".join(asked)))] == ["snippet:1"]


def test_words_that_nobody_asks_for_are_found() -> None:
    code = _read('t("field.start")\nt(f"region.{code}")\nt(f"error.{self.key}")\nBadFile("file_empty")')
    asked_for = ["field.start", "region.kri", "error.file_empty"]
    assert [key for key in [*asked_for, "field.end", "error.file_locked"] if not code.speaks_of(key)] == [
        "field.end",
        "error.file_locked",
    ]
