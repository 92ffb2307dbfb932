"""Which words the code asks for: keys, patterns of keys and the values given with them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from csomap.settings import ROOT

_ERRORS = {"CsomapError", "BadDatabase", "BadFile", "BadInput", "BadReference"}


@dataclass(frozen=True)
class Asked:
    """One place in the code that asks for words; `values` is None where they cannot be read off."""

    where: str
    pattern: str
    values: frozenset[str] | None = None


@dataclass
class Code:
    """All that the code says about keys: what it asks for, and every text in it."""

    asked: list[Asked] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)

    def speaks_of(self, key: str) -> bool:
        """Return whether the key stands in the code, or could be put together there."""
        tail = key.removeprefix("error.")
        if key in self.texts or (tail != key and tail in self.texts):
            return True
        errors = r"error\..*"
        return any(pattern != errors and re.fullmatch(pattern, key) for pattern in self.patterns)


def sources() -> list[Path]:
    """Return the files whose words come from the catalogue."""
    files = [*ROOT.glob("src/csomap/**/*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("app.py")]
    return sorted(files)


def read(files: list[Path]) -> Code:
    """Return what the files ask for."""
    code = Code()
    for file in files:
        collect(ast.parse(file.read_text("utf-8")), file.name, code)
    return code


def collect(tree: ast.AST, name: str, code: Code) -> None:
    """Add what one file asks for to `code`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            code.texts.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            pattern = _pattern(node)
            if re.match(r"\w+\\\.", pattern):  # names at least its topic
                code.patterns.add(pattern)
        elif isinstance(node, ast.Call) and node.args:
            code.asked += _calls(node, f"{name}:{node.lineno}")


def _calls(node: ast.Call, where: str) -> Iterator[Asked]:
    called = _name(node.func)
    prefix = r"error\." if called in _ERRORS else ""
    if called != "t" and not prefix:
        return
    open_ended = any(keyword.arg is None for keyword in node.keywords)
    values = None if open_ended else frozenset(str(keyword.arg) for keyword in node.keywords)
    for pattern in _choices(node.args[0]):
        yield Asked(where, prefix + pattern, values)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _choices(key: ast.expr) -> Iterator[str]:
    """Give the keys that an expression can be, as patterns; nothing for a variable."""
    if isinstance(key, ast.IfExp):
        yield from _choices(key.body)
        yield from _choices(key.orelse)
    elif isinstance(key, ast.Constant) and isinstance(key.value, str):
        yield re.escape(key.value)
    elif isinstance(key, ast.JoinedStr):
        yield _pattern(key)


def _pattern(text: ast.JoinedStr) -> str:
    parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in text.values)
    return "".join(parts)
