"""How far the work has come, on the terminal, and the word that ends it: Ctrl-C."""

import sys
from time import monotonic
from types import TracebackType
from typing import Any

import typer

from csomap.errors import Cancelled
from csomap.i18n import t

_AT_ONCE = 1.0  # seconds in which work is done that nobody needs to be told of


class Progress:
    """Called with step, done and total, it draws a bar on standard error where that is a terminal.

    As a context it clears the bar away at the end, and makes Ctrl-C the error Cancelled.
    """

    def __init__(self) -> None:
        self._began = monotonic()
        self._step = ""
        self._bar: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        if isinstance(fault, KeyboardInterrupt):
            raise Cancelled from None

    def __call__(self, step: str, done: int, total: int) -> None:
        """Tell how much of a step is done."""
        if not sys.stderr.isatty() or monotonic() - self._began < _AT_ONCE:
            return
        if step != self._step:
            self._end()
            self._step, label = step, t(f"work.step.{step}")
            self._bar = typer.progressbar(length=max(total, 1), label=label, file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

    def _end(self) -> None:
        bar, self._bar, self._step = self._bar, None, ""
        if bar is not None:
            bar.__exit__(None, None, None)
