"""The distinct texts of a column, and the way back to its rows: each text is worked on once."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

S = TypeVar("S")
T = TypeVar("T")

_REMEMBERED = 200_000  # answers, lest a file of a million different texts fill the memory

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Distinct:
    """`texts` are the distinct texts of a column (large_string), `codes` the place of each row's in them."""

    texts: pa.Array
    codes: Positions

    def spread(self, answers: pa.Array) -> "pd.Series[str]":
        """Return the answer (a text for each distinct text) of every row."""
        return pd.Series(pd.array(answers.take(pa.array(self.codes)), dtype="str"))


def distinct(column: "pd.Series[str]") -> Distinct:
    """Return the distinct texts of a text column."""
    arrow = pa.array(column)
    whole = arrow.combine_chunks() if isinstance(arrow, pa.ChunkedArray) else arrow
    found = whole.cast(pa.large_string()).dictionary_encode()
    return Distinct(found.dictionary, found.indices.to_numpy().astype(np.intp))


def replaced(texts: pa.Array, where: pa.Array, work: Callable[[str], str]) -> pa.Array:
    """Return `texts` with what `work` makes of those that `where` marks."""
    if not pc.any(where).as_py():
        return texts
    return pc.replace_with_mask(
        texts, where, pa.array([work(text) for text in texts.filter(where).to_pylist()], texts.type)
    )


@dataclass(frozen=True)
class Answers(Generic[T]):
    """One answer a row, held once for all rows that ask the same: row n has `distinct[codes[n]]`."""

    distinct: Sequence[T]
    codes: Positions

    def __iter__(self) -> Iterator[T]:
        return (self.distinct[code] for code in self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def each(self, work: Callable[[T], S]) -> "Answers[S]":
        """Return what `work` makes of the answers."""
        return Answers([work(one) for one in self.distinct], self.codes)

    def texts(self, work: Callable[[T], str]) -> "pd.Series[str]":
        """Return a text for each row."""
        told = pa.array([work(one) for one in self.distinct], pa.large_string())
        return pd.Series(pd.array(told.take(pa.array(self.codes)), dtype="str"))

    def flags(self, work: Callable[[T], object]) -> npt.NDArray[np.bool_]:
        """Return yes or no for each row."""
        return np.array([bool(work(one)) for one in self.distinct], dtype=bool)[self.codes]

    def where(self, work: Callable[[T], object]) -> Positions:
        """Return the positions of the rows whose answer is a yes."""
        marks = np.array([bool(work(one)) for one in self.distinct], dtype=bool)
        return np.flatnonzero(marks[self.codes]) if marks.any() else np.empty(0, dtype=np.intp)


def answered(
    columns: Sequence["pd.Series[Any]"],
    work: Callable[..., T],
    known: dict[Hashable, T] | None = None,
) -> Answers[T]:
    """Return what `work` says to the values that the columns have in each row; the same values are asked
    once, and not at all if `known` has them, to which what is new is added."""
    questions, codes = together(columns)
    memory: dict[Hashable, T] = {} if known is None else known
    if len(memory) > _REMEMBERED:
        memory.clear()
    for values in questions:
        if values not in memory:
            memory[values] = work(*values)
    return Answers([memory[values] for values in questions], codes)


def together(columns: Sequence["pd.Series[Any]"]) -> tuple[list[tuple[Any, ...]], Positions]:
    """Return the distinct rows of some columns as tuples, and the place of each row's tuple in them."""
    combined = np.zeros(len(columns[0]), dtype=np.intp)
    for column in columns:
        codes, values = _codes(column)
        # Numbered anew each time, so that the product never outgrows 64 bits.
        combined, _ = pd.factorize(combined * max(1, values) + codes)
    first = np.zeros(int(combined.max(initial=-1)) + 1, dtype=np.intp)
    first[combined[::-1]] = np.arange(len(combined))[::-1]
    return list(zip(*(column.iloc[first].tolist() for column in columns), strict=True)), combined


def _codes(column: "pd.Series[Any]") -> tuple[Positions, int]:
    if isinstance(column.dtype, pd.StringDtype):
        found = distinct(column)
        return found.codes, len(found.texts)
    codes, values = pd.factorize(column, use_na_sentinel=False)
    return codes, len(values)
