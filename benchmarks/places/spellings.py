"""The labelled spellings of places, and how a matcher did on them."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from csomap.resolve.normalise import normalise
from csomap.settings import GEO

SPELLINGS = Path(__file__).parent / "spellings.csv"
TUNING, HELD_OUT = "tuning", "held out"

# text, level (None = not told), within ("" = not told) -> pcode, "" = refused
Matcher = Callable[[str, int | None, str], str]


def spellings() -> pd.DataFrame:
    """Return spellings.csv with the columns half and listed.

    text, level, within, pcode ("" = must be refused), script, kind, why; `half` is tuning or held out,
    by a hash of the text, so that a text is never in both; `listed` is true where geo/ lists the spelling.
    """
    told = _read(SPELLINGS)
    keys = told["text"].map(_key)
    return told.assign(half=keys.map(_half), listed=keys.isin(_listed()))


def answered(told: pd.DataFrame, matcher: Matcher) -> pd.DataFrame:
    """Return `told` with the column answer: what the matcher says, "" = refused."""
    asked = zip(told["text"], told["level"], told["within"], strict=True)
    answers = [matcher(text, int(level) if level else None, within) for text, level, within in asked]
    return told.assign(answer=answers)


def figures(told: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return one row for each half and script: counts, precision and recall (shares, 0 to 1).

    precision = right answers / answers; recall = right answers / spellings of a place. An answer to a
    spelling that must be refused is wrong.
    """
    found = []
    for half in (TUNING, HELD_OUT, "all"):
        for script in ("latin", "arabic", "sorani", "all"):
            part = _part(_part(told, "half", half), "script", script)
            found.append({"matcher": name, "half": half, "script": script, **_counts(part)})
    return pd.DataFrame(found)


def _part(told: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    return told if value == "all" else told[told[column] == value]


def _counts(told: pd.DataFrame) -> dict[str, float]:
    places, answers = told["pcode"] != "", told["answer"] != ""
    right = answers & (told["answer"] == told["pcode"])
    unlisted = places & ~told["listed"]
    return {
        "places": int(places.sum()),
        "to_refuse": int((~places).sum()),
        "right": int(right.sum()),
        "wrong": int((answers & ~right).sum()),
        "precision": _share(right.sum(), answers.sum()),
        "recall": _share(right.sum(), places.sum()),
        "unlisted": _share(unlisted.sum(), places.sum()),
        "recall_unlisted": _share((right & unlisted).sum(), unlisted.sum()),
    }


def _share(part: float, whole: float) -> float:
    return round(float(part) / float(whole), 4) if whole else float("nan")


def _listed() -> set[str]:
    names = _read(GEO / "places.csv")[["name_en", "name_ar", "name_ckb"]].to_numpy().ravel()
    return _keys([*names, *_read(GEO / "place_aliases.csv")["alias"]])


def _keys(texts: Iterable[str]) -> set[str]:
    return {_key(text) for text in texts if text}


def _key(text: str) -> str:
    return normalise(text).replace(" ", "")


def _half(key: str) -> str:
    return TUNING if hashlib.sha256(key.encode()).digest()[0] % 2 else HELD_OUT


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)
