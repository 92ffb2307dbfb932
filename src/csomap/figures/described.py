"""The same figures in words, for people who do not see them."""

from collections.abc import Mapping

import pandas as pd

from csomap.figures.palette import STATUSES
from csomap.figures.scale import Scale
from csomap.figures.waterfall import moving, signed, total
from csomap.i18n import clauses, date, listing, number, percent, t

_NAMED = 3
_SPOTS = 8


def described_map(
    values: pd.DataFrame, scale: Scale, names: Mapping[str, str], lang: str = "en", *, title: str = ""
) -> str:
    """Return what a map shows: the three largest values, or how many places have each status.

    values: pcode, value. names: every place on the map; those without a value are counted as no data.
    """
    known = values[values["pcode"].isin(list(names))].set_index("pcode")["value"]
    if scale == Scale.statuses():
        return t("figure.described.map", lang, title=title, found=_counted(known, len(names), lang))
    numbers = pd.to_numeric(known, errors="coerce").dropna()
    found = _ranked(numbers.rename(index=dict(names)), scale, lang)
    silent = t("figure.described.silent", lang, n=len(names) - len(numbers))
    return t("figure.described.map", lang, title=title, found=f"{found} {silent}")


def described_heatmap(
    statuses: pd.DataFrame, services: Mapping[str, str], areas: Mapping[str, str], lang: str = "en"
) -> str:
    """Return how many cells of a heat table have each status; columns service, pcode, status."""
    shown = statuses[statuses["service"].isin(list(services)) & statuses["pcode"].isin(list(areas))]
    found = _counted(shown["status"], len(services) * len(areas), lang)
    return t("figure.described.heatmap", lang, services=len(services), areas=len(areas), found=found)


def described_bars(values: pd.DataFrame, lang: str = "en", *, title: str = "") -> str:
    """Return the three longest bars in words; columns name, value."""
    numbers = values.dropna(subset=["value"]).set_index("name")["value"]
    found = _ranked(numbers, Scale.sequential(numbers), lang)
    return t("figure.described.bars", lang, title=title, found=found)


def described_timeline(activities: pd.DataFrame, lang: str = "en") -> str:
    """Return who was active and from when to when; columns organisation, start, end, label."""
    names = listing(sorted(set(activities["organisation"])), lang)
    days = pd.to_datetime(pd.concat([activities["start"], activities["end"]])).dropna()
    if days.empty:
        return t("figure.described.timeline_undated", lang, n=len(activities), names=names)
    first, last = date(days.min(), lang), date(days.max(), lang)
    return t("figure.described.timeline", lang, n=len(activities), names=names, start=first, end=last)


def described_regions(shares: pd.DataFrame, lang: str = "en") -> str:
    """Return both shares of every region in words; columns name, presence_share, need_share."""
    columns = (shares["name"], shares["presence_share"], shares["need_share"])
    sentences = [
        t(
            "figure.described.region",
            lang,
            region=name,
            presence=_share(presence, lang),
            need=_share(need, lang),
        )
        for name, presence, need in zip(*columns, strict=True)
    ]
    return " ".join(sentences)


def described_waterfall(steps: pd.DataFrame, lang: str = "en") -> str:
    """Return the steps to a strength in words; columns name, points."""
    rows = moving(steps)
    first = [number(points, lang) for points in rows["points"].head(1)]
    shown = [*first, *(signed(points, lang) for points in rows["points"].iloc[1:])]
    named = [
        t("figure.described.step", lang, name=name, points=points)
        for name, points in zip(rows["name"], shown, strict=True)
    ]
    whole = total(steps["points"])
    return t("figure.described.waterfall", lang, total=whole, steps=listing(named, lang))


def described_spots(marks: pd.DataFrame, lang: str = "en") -> str:
    """Return which organisations are where, for up to eight spots; columns place, names, exact."""
    told = [
        t(f"figure.described.spot{'_exact' * bool(row.exact)}", lang, place=row.place, names=row.names)
        for row in marks.head(_SPOTS).itertuples()
    ]
    return t("figure.described.spots", lang, spots=clauses(told, lang))


def _ranked(numbers: "pd.Series[float]", scale: Scale, lang: str) -> str:
    largest = numbers.sort_values(ascending=False, kind="stable").head(_NAMED)
    if largest.empty:
        return t("figure.described.nothing", lang)
    named = [f"{name} ({scale.shown(value, lang)})" for name, value in largest.items()]
    return t("figure.described.highest", lang, names=listing(named, lang))


def _counted(statuses: "pd.Series[str]", total: int, lang: str) -> str:
    counts = statuses.replace("", "no_data").value_counts().to_dict()
    counts["no_data"] = counts.get("no_data", 0) + total - len(statuses)
    named = {code: t(f"figure.status.{code}", lang) for code in STATUSES}
    return listing([f"{name}: {number(counts.get(code, 0), lang)}" for code, name in named.items()], lang)


def _share(value: float | None, lang: str) -> str:
    return t("figure.status.no_data", lang) if value is None or pd.isna(value) else percent(value, lang)
