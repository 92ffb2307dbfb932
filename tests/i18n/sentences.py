"""Finds sentences for people that were written into code, where nobody can translate them."""

import ast
import re
from collections.abc import Iterator

_LINKED = re.compile(r"[^\W\d_]{2,}(?:[,;:.!?]? [^\W\d_]+){2,}")  # three words of letters in a row
_MARKUP = re.compile(r"<[^>]*>|\{[^{}]*\}|&\w+;")
_STYLE = re.compile(r"[\w-]+\s*:\s*[^;]+;|[.#\[][\w-]+[^{]*\{|@(?:media|font-face|keyframes)|,sans-serif")
_QUERY = re.compile(r"\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE|CREATE|DROP|COPY|PRAGMA|ATTACH)\b")


def sentences(source: str) -> list[tuple[int, str]]:
    """Return line and text of every literal of `source` that reads like a sentence.

    Docstrings, keys of mappings, style sheets and queries are not sentences; of HTML only the text counts.
    """
    tree = ast.parse(source)
    passed_over = {id(node) for found in (_docstrings(tree), _keys(tree), _parts(tree)) for node in found}
    told = [(node, _text(node)) for node in ast.walk(tree) if id(node) not in passed_over]
    return [(node.lineno, text) for node, text in told if isinstance(node, ast.expr) and _is_sentence(text)]


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_sentence(text: str) -> bool:
    if _QUERY.match(text) or _STYLE.search(text):
        return False
    return bool(_LINKED.search(_MARKUP.sub("|", text)))


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    """Give the texts that stand alone, as docstrings do."""
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))


def _keys(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from (key for key in node.keys if key is not None)
        elif isinstance(node, ast.Subscript):
            yield node.slice


def _parts(tree: ast.AST) -> Iterator[ast.AST]:
    """Give the pieces of f-strings, which are judged as a whole."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from node.values
