"""From what was to what is written: reports with codes first, then spellings, languages, repeats, order."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from random import Random

from plan import Activity, Span, months_of
from world import Organisation, World, label, taxonomy

COLUMNS = [
    "activity_id", "project_id", "organisation", "programme_organisation", "funder", "organisation_type",
    "service", "function", "population_group", "characteristic", "pcode", "site", "latitude", "longitude",
    "start", "end", "status", "targeted", "reached", "value_usd",
]  # fmt: skip
TERMS = {
    "service": "services",
    "function": "functions",
    "population_group": "population_groups",
    "characteristic": "characteristics",
    "status": "statuses",
    "organisation_type": "organisation_types",
}
SCRIPTS = {"code": 32, "en": 46, "ar": 13, "ckb": 9}
DUPLICATES = 35

Row = dict[str, str]


def reports(activity: Activity, world: World, rng: Random) -> list[Row]:
    """Return the rows that tell of an activity, with codes and org_ids: one for each month, or one in all."""
    periods = [period for span in activity.spans for period in _periods(span, activity.told)]
    fixed = {name: getattr(activity, name, "") for name in COLUMNS}
    fixed["organisation_type"] = world.organisations[activity.organisation].type
    fixed |= _point(activity, world) if rng.random() < 0.15 else {}
    return [{**fixed, "start": start, "end": end, **_people(activity.told, rng)} for start, end in periods]


def _periods(span: Span, told: str) -> list[tuple[str, str]]:
    if told == "months":
        return [(month, month) for month in months_of(span)]
    start, end = span[0].isoformat(), span[1].isoformat() if span[1] else ""
    return [(start[:7], end[:7])] if told == "range" else [(start, end)]


def _point(activity: Activity, world: World) -> Row:
    place = world.places[activity.pcode]
    return {"latitude": place["lat"], "longitude": place["lon"]}


def _people(told: str, rng: Random) -> Row:
    targeted = rng.randint(5, 160) * 10
    reached = int(targeted * rng.uniform(0.4, 1.05))
    money = str(rng.randint(4, 220) * 500) if told != "months" and rng.random() < 0.6 else ""
    people = (str(targeted), str(reached)) if rng.random() < 0.85 else ("", "")
    return dict(zip(("targeted", "reached", "value_usd"), (*people, money), strict=True))


@dataclass
class Teller:
    """Writes rows as different people would; every spelling of an organisation comes round."""

    world: World
    rng: Random
    used: Counter[str] = field(default_factory=Counter)
    now: dict[tuple[str, int], str] = field(default_factory=dict)

    def rows(self, told: list[list[Row]]) -> list[Row]:
        """Return the rows of all activities, written, with some repeated word for word, and shuffled."""
        written = [self._written(row, nth) for nth, rows in enumerate(told) for row in rows]
        repeated = self.rng.sample(written, DUPLICATES)
        rows = [*written, *repeated]
        self.rng.shuffle(rows)
        return rows

    def _written(self, row: Row, nth: int) -> Row:
        [script] = self.rng.choices(list(SCRIPTS), list(SCRIPTS.values()))
        bodies = {
            name: ";".join(self._spelled(org, nth) for org in row[name].split(";") if org)
            for name in ("organisation", "programme_organisation", "funder")
        }
        terms = {name: self._terms(name, row[name], script) for name in TERMS}
        return {**row, **bodies, **terms, "pcode": self._place(row["pcode"], script)}

    def _spelled(self, org: str, nth: int) -> str:
        """Return the next spelling until each was used, later mostly the one the activity began with."""
        order = _order(self.world.organisations[org])
        if self.used[org] < len(order) or (org, nth) not in self.now or self.rng.random() < 0.2:
            self.now[org, nth] = order[self.used[org] % len(order)]
            self.used[org] += 1
        return self.now[org, nth]

    def _terms(self, name: str, codes: str, script: str) -> str:
        if name == "organisation_type" and self.rng.random() < 0.2:
            return ""
        known = taxonomy(TERMS[name])
        texts = [
            label(TERMS[name], code, script) if script != "code" and code in known else code
            for code in codes.split(";")
        ]
        return ";".join(texts)

    def _place(self, pcode: str, script: str) -> str:
        if script == "code" or (script == "en" and self.rng.random() < 0.45):
            return pcode
        return self.world.place_name(pcode, script)


def _order(organisation: Organisation) -> list[str]:
    """Return the spellings in the order in which they come round: languages mixed, English most."""
    by_lang = defaultdict(list)
    for name, lang, _ in organisation.spellings():
        by_lang[lang].append(name)
    mixed = []
    while any(by_lang.values()):
        for lang in ("en", "ar", "en", "ckb", "en"):
            mixed += [by_lang[lang].pop(0)] if by_lang[lang] else []
    return [*mixed, *mixed[:1], organisation.acronym]
