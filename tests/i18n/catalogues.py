"""The catalogue as its files hold it, read more strictly than the program reads it."""

import re
from collections.abc import Hashable, Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import yaml
from babel import Locale

from csomap import i18n
from csomap.i18n.catalogue import _flat
from csomap.i18n.numbers import LOCALES

FOLDER = Path(i18n.__file__).parent
ARABIC_LETTER = re.compile(r"[\u0621-\u064A\u066E-\u06D3\u06D5]")

Words = str | dict[str, str]


class _Strict(yaml.SafeLoader):
    """YAML in which a key may stand once only and is always a text (`no:` would be False)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [self.construct_object(key, deep=True) for key, _ in node.value]  # type: ignore[no-untyped-call]
        wrong = [name for name in names if not isinstance(name, str) or names.count(name) > 1]
        if wrong:
            raise yaml.YAMLError(f"{node.start_mark}: {wrong}")
        return super().construct_mapping(node, deep)


def topics(lang: str) -> dict[str, dict[str, Any]]:
    """Return what each file of a language holds, by the name of the file."""
    files = sorted((FOLDER / lang).glob("*.yml"))
    return {file.name: yaml.load(file.read_text("utf-8"), _Strict) for file in files}


def entries(lang: str) -> dict[str, Words]:
    """Return all words of a language by key."""
    return {key: words for content in topics(lang).values() for key, words in _flat(content, "")}


def forms(words: Words) -> Iterator[tuple[str, str]]:
    """Give the plural category ("" if there is none) and the words of each form."""
    yield from words.items() if isinstance(words, dict) else [("", words)]


def placeholders(words: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def categories(lang: str) -> set[str]:
    """Return the plural categories of a language (CLDR)."""
    return {*Locale.parse(LOCALES[lang]).plural_form.tags, "other"}
