"""What people decided about texts and organisations, as the resolvers take it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from csomap.resolve.organisations import provisional_id
from csomap.tables.organisation_schemas import OPTIONAL

NAMES = ("name_en", "name_ar", "name_ckb")
_WHO = ("organisation", "programme_organisation", "funder")
RECORD = ("org_id", *NAMES, "acronym", "type", *OPTIONAL, "aliases")

Record = tuple[str | None, ...]


@dataclass(frozen=True)
class Decided:
    """Decisions that hold; equal where they say the same, so that what is built on them can be kept.

    places: text, within (a pcode or ""), pcode ("" = not a place); organisations: text, org_id;
    terms: taxonomy, text, code ("" = says nothing); merges: org_id, org_id of the one it is now;
    records: rows of the registry (RECORD; lists joined by ;) that are changed or new; None in one of OPTIONAL
    stands for a decision that was made before there was such a column, and says nothing of it.
    """

    places: tuple[tuple[str, str, str], ...] = ()
    organisations: tuple[tuple[str, str], ...] = ()
    terms: tuple[tuple[str, str, str], ...] = ()
    merges: tuple[tuple[str, str], ...] = ()
    records: tuple[Record, ...] = ()

    @property
    def merged(self) -> dict[str, str]:
        """Return the organisation that each merged one is now, chains followed to their end.

        A newcomer whose name is decided on since is the organisation that the name stands for. Of merges
        that go round in a circle the newest holds.
        """
        direct = self._direct()
        return {org_id: last(org_id, direct) for org_id in direct}

    def merged_into(self, there: Collection[str]) -> dict[str, str]:
        """Return `merged`, each chain up to the last one that is `there`: nobody counts as one who left."""
        direct = self._direct()
        ends: dict[str, str] = {}
        for org_id in direct:
            following = org_id
            while following in direct:
                following = direct[following]
                ends |= {org_id: following} if following in there else {}
        return ends

    def _direct(self) -> dict[str, str]:
        """Return each step of the chains, in which there is no circle."""
        named = [(provisional_id(text), org_id) for text, org_id in self.organisations]
        direct: dict[str, str] = {}
        for org_id, into in [*reversed(self.merges), *reversed(named)]:
            if org_id not in direct and last(into, direct) != org_id:
                direct[org_id] = into
        return direct


NOTHING = Decided()


def last(org_id: str, direct: Mapping[str, str]) -> str:
    """Return the end of a chain of merges; a circle, which nobody should have made, ends where it starts."""
    met = {org_id}
    end = org_id
    while (following := direct.get(end, end)) != end:
        if following in met:
            return org_id
        met.add(following)
        end = following
    return end


def overlaid(registry: pd.DataFrame, records: tuple[Record, ...]) -> pd.DataFrame:
    """Return the registry with what `records` say of its organisations, and their new ones.

    A column of OPTIONAL that the registry lacks is empty.
    """
    registry = registry.reindex(columns=list(dict.fromkeys([*registry.columns, *OPTIONAL])), fill_value="")
    if not records:
        return registry
    told = pd.DataFrame(records, columns=list(RECORD)).drop(columns="aliases")
    told = told.assign(status="registered", source=None)
    kept = registry[~registry["org_id"].isin(told["org_id"])]
    known = registry.set_index("org_id")
    for name in ("source", *OPTIONAL):
        told[name] = told[name].fillna(told["org_id"].map(known[name])).fillna("").astype("str")
    everyone = pd.concat([kept, told], ignore_index=True)[list(registry.columns)]
    return everyone.sort_values("org_id", kind="stable", ignore_index=True)


def overlaid_aliases(aliases: pd.DataFrame, records: tuple[Record, ...]) -> pd.DataFrame:
    """Return the other names of all organisations, those of `records` in place of what they had."""
    if not records:
        return aliases
    told = [
        (record[0], name, "", "name", "")
        for record in records
        for name in (record[-1] or "").split(";")
        if name.strip()
    ]
    changed = {record[0] for record in records}
    kept = aliases[~aliases["org_id"].isin(changed)]
    return pd.concat([kept, pd.DataFrame(told, columns=list(aliases.columns))], ignore_index=True)


def renamed(reports: pd.DataFrame, merged: Mapping[str, str]) -> pd.DataFrame:
    """Return reports with the organisation that somebody is now in place of the one that was named."""
    if not merged:
        return reports

    @cache
    def now(cell: str) -> str:
        return ";".join(sorted({merged.get(org_id, org_id) for org_id in cell.split(";")}))

    return reports.assign(**{name: reports[name].map(now) for name in _WHO})
