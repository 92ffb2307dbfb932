"""What a contender gets right, and the threshold that suits it best."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

_CANDIDATES = 3
PRECISE = 0.99


@dataclass(frozen=True)
class Answers:
    """One answer for each name: the org_id that was taken ("" = refused), and the candidates, best first."""

    taken: list[str]
    offered: list[list[str]]


def answers(scores: npt.NDArray[np.float64], org_ids: list[str], threshold: float) -> Answers:
    """Return the likest organisation of each row from `threshold` on, and the three likest."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :_CANDIDATES]
    best = scores[np.arange(len(scores)), order[:, 0]]
    taken = [org_ids[row[0]] if score >= threshold else "" for row, score in zip(order, best, strict=True)]
    return Answers(taken, [[org_ids[place] for place in row] for row in order])


def figures(names: pd.DataFrame, found: Answers) -> dict[str, float]:
    """Return precision (right of those taken), recall (right of those registered), offered (of the
    registered that were not taken, the share whose organisation is among the three candidates; 1 if none),
    all 0 to 1, and the counts taken, wrong, registered and waiting."""
    taken, true = np.array(found.taken), names["org_id"].to_numpy()
    right = (taken == true) & (taken != "")
    waiting = (true != "") & (taken == "")
    there = [org_id in three for org_id, three in zip(true, found.offered, strict=True)]
    return {
        "precision": right.sum() / max((taken != "").sum(), 1),
        "recall": right.sum() / max((true != "").sum(), 1),
        "offered": (waiting & there).sum() / waiting.sum() if waiting.any() else 1.0,
        "taken": int((taken != "").sum()),
        "wrong": int(((taken != "") & ~right).sum()),
        "registered": int((true != "").sum()),
        "waiting": int(waiting.sum()),
    }


def best_threshold(
    names: pd.DataFrame, scores: npt.NDArray[np.float64], org_ids: list[str], *, precise: bool
) -> float:
    """Return the threshold with the most right answers at a precision of at least 0.99 (`precise`), or with
    the highest F1; without a precise one, the most precise."""
    tried = [
        (threshold, figures(names, answers(scores, org_ids, threshold)))
        for threshold in np.unique(scores.max(axis=1))
    ]
    good = [(threshold, one) for threshold, one in tried if one["precision"] >= PRECISE and one["taken"]]
    if precise:
        rank = "recall" if good else "precision"
        return float(max(good or tried, key=lambda pair: (pair[1][rank], pair[0]))[0])
    return float(max(tried, key=lambda pair: _f1(pair[1]))[0])


def _f1(one: dict[str, float]) -> float:
    both = one["precision"] + one["recall"]
    return 2 * one["precision"] * one["recall"] / both if both else 0.0
