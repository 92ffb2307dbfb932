"""Named baselines: kept, listed, dropped, brought back."""

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import pandas as pd

from csomap.errors import BadInput
from csomap.flow.live import Data
from csomap.flow.questions import window
from csomap.settings import Settings, rules
from csomap.store import Held, exists
from csomap.store.baselines import Baselines
from csomap.tables.query import Query

COLUMNS = ["id", "name", "at", "who", "start", "end", "activities", "sources", "is_sample", "status"]
_JOINERS = "\u200c\u200d"  # Sorani is written with them
_FORMULA = re.compile(r"[=+\-@.]|.*(\.\.|\\|[<>|])")


def keep_baseline(
    settings: Settings, data: Data, name: str, who: str = "", query: Query | None = None
) -> int:
    """Freeze the activities of `data` under a name, with the window of `query`; return the id.

    data: the whole of it, not as pages show it. Raises BadInput for a name that nobody could read or that is
    taken, and where no report has a date.
    """
    seen = window(data, query or Query())
    told = {
        "start": f"{seen.start}",
        "end": f"{seen.end}",
        "as_of": f"{data.as_of}",
        "sources": dict(data.names),
        "is_sample": data.is_sample,
    }
    return Baselines(settings).keep(checked_name(name), data.activities, told, who)


def checked_name(name: str) -> str:
    """Return a name as it is kept; raises BadInput for one that is empty, long, or not plain words.

    Signs that cannot be seen, that turn the direction of what follows, or that begin a formula or a path in
    another program are no part of a name.
    """
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    most = rules()["change"]["longest_name"]
    unseen = any(unicodedata.category(sign)[0] == "C" and sign not in _JOINERS for sign in plain)
    if not plain.strip(_JOINERS) or len(plain) > most or unseen or _FORMULA.match(plain):
        raise BadInput("baseline_name", value=ascii(plain[:most]), most=most)
    return plain


def baselines(settings: Settings) -> pd.DataFrame:
    """Return every baseline ever kept, newest first.

    id, name, at (UTC), who, start, end (its window), activities (how many), sources (files, joined by ;),
    is_sample, status (kept, dropped).
    """
    if not exists(settings):
        return pd.DataFrame(columns=COLUMNS)
    told = Baselines(settings).history()
    answers = [json.loads(answer) for answer in told["answer"]]
    return told.assign(
        name=told["subject"],
        start=_each(answers, "start"),
        end=_each(answers, "end"),
        activities=_each(answers, "activities"),
        sources=[";".join(sorted(set(one["sources"].values()))) for one in answers],
        is_sample=_each(answers, "is_sample"),
        status=["kept" if pd.isna(at) else "dropped" for at in told["undone_at"]],
    )[COLUMNS]


def _each(answers: Iterable[dict[str, Any]], name: str) -> list[Any]:
    return [one[name] for one in answers]


def drop_baseline(settings: Settings, name: str, who: str = "") -> int:
    """Take the baseline of a name out; returns the id by which it can come back."""
    found = baseline_named(settings, name)
    Baselines(settings).drop(found.id, who)
    return found.id


def restore_baseline(settings: Settings, baseline_id: int, who: str = "") -> int:
    """Bring a baseline back that was dropped; raises BadInput where its name is taken by now."""
    return Baselines(settings).restore(baseline_id, who)


def baseline_named(settings: Settings, name: str) -> Held:
    """Return the baseline of a name; raises BadInput where there is none."""
    held = Baselines(settings).held() if exists(settings) else []
    found = next((one for one in held if one.subject == name), None)
    if found is None:
        known = ", ".join(one.subject for one in held) or "-"
        raise BadInput("baseline_unknown", value=name, known=known)
    return found
