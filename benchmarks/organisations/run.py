"""Organisations by the names that people write: csomap beside rapidfuzz alone and splink.

    pip install -r benchmarks/requirements.txt
    python benchmarks/organisations/run.py [--held-out]

Without --held-out only the tuning half is looked at, and results/organisations_thresholds.csv is written:
what csomap's threshold costs and gains. With it the same is done once for the half that no rule and no
threshold was chosen by, and results/organisations.csv is written.
"""

import sys
import time
from collections.abc import Callable

import pandas as pd
from contenders import splink_model, token_set
from labelled import RESULTS, labelled

from csomap.resolve.organisations import OrganisationResolver
from csomap.resolve.reference import city_names, organisation_resolver, registry, registry_aliases
from csomap.settings import rules
from figures import Answers, answers, best_threshold, figures

_LIMITS = rules()["resolve"]["organisations"]
_OTHER_LIMITS = {"alike": _LIMITS["acronym_name"], "lead": _LIMITS["lead"]}
_THRESHOLDS = range(70, 101, 2)


def spellings() -> pd.DataFrame:
    """Return every spelling of the registry: name, acronym (of one-word spellings and acronyms), org_id."""
    known = registry()
    own = [known[["org_id", column]].set_axis(["org_id", "name"], axis=1) for column in known.columns[1:5]]
    every = pd.concat([*own, registry_aliases()[["org_id", "name"]]])
    acronyms = every["org_id"].map(known.set_index("org_id")["acronym"])
    every = every.assign(acronym=acronyms)
    return every[every["name"] != ""].drop_duplicates(["org_id", "name"]).reset_index(drop=True)


def ours(names: pd.DataFrame, resolver: OrganisationResolver) -> Answers:
    """Return csomap's answers, and all its candidates."""
    found = [resolver.resolve(name, acronym) for name, acronym in _pairs(names)]
    return Answers([one.id for one in found], [[org_id for org_id, _ in one.candidates] for one in found])


def _pairs(names: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(names["name"], names["acronym"], strict=True))


def timed(work: Callable[[], Answers]) -> tuple[Answers, float]:
    """Return what `work` answers and the seconds that it took."""
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def row(
    contender: str, half: pd.DataFrame, threshold: float, found: Answers, seconds: float
) -> dict[str, object]:
    """Return one line of the results."""
    told = {"contender": contender, "half": half["half"].iloc[0], "threshold": threshold}
    return {**told, **figures(half, found), "seconds": seconds}


def compared(names: pd.DataFrame, half: str) -> pd.DataFrame:
    """Return the figures of all contenders on one half; thresholds come from the tuning half."""
    tuning, asked = (names[names["half"] == which].reset_index(drop=True) for which in ("tuning", half))
    known = spellings()
    org_ids = sorted(set(known["org_id"]))
    resolver = organisation_resolver()
    found, seconds = timed(lambda: ours(asked, resolver))
    rows = [row("csomap", asked, _LIMITS["accept"] / 100, found, seconds)]
    others = {
        "rapidfuzz token_set_ratio": lambda table: token_set(table, known),
        "splink": lambda table: splink_model(table, known, tuning),
    }
    for name, score in others.items():
        learnt = score(tuning)
        for precise, aim in ((True, "precision first"), (False, "best F1")):
            least = best_threshold(tuning, learnt, org_ids, precise=precise)
            found, seconds = timed(lambda score=score, least=least: answers(score(asked), org_ids, least))
            rows.append(row(f"{name}, {aim}", asked, least, found, seconds))
    return pd.DataFrame(rows).round(4)


def swept(names: pd.DataFrame) -> pd.DataFrame:
    """Return csomap's figures on the tuning half for each threshold, the rest of the rules as they are."""
    tuning = names[names["half"] == "tuning"].reset_index(drop=True)
    rows = []
    for threshold in _THRESHOLDS:
        resolver = OrganisationResolver(
            registry(), registry_aliases(), places=city_names(), accept=threshold, **_OTHER_LIMITS
        )
        found, seconds = timed(lambda resolver=resolver: ours(tuning, resolver))
        rows.append(row("csomap", tuning, threshold / 100, found, seconds))
    return pd.DataFrame(rows).round(4)


def main(*, held_out: bool) -> None:
    """Print the figures and write them."""
    names = labelled()
    table = compared(names, "held_out" if held_out else "tuning")
    sys.stdout.write(table.to_string(index=False) + "\n")
    file = RESULTS / ("organisations.csv" if held_out else "organisations_thresholds.csv")
    (table if held_out else swept(names)).to_csv(file, index=False)


if __name__ == "__main__":
    main(held_out="--held-out" in sys.argv[1:])
