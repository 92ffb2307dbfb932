"""The drawn cases hold the situations in which a reading of the rules can go wrong."""

from .cases import LEVELS, stacks
from .reach import reached

RELATIONS = {
    "service": ("same", "nested", "unknown"),
    "population": ("same", "nested", "unknown"),
    "characteristic": ("same", "nested"),
    "area": ("same", "nested", "unknown"),
    "time": ("same", "unknown"),
}
OFTEN = {"a row", "a pair: confirmed overlap", "a pair: possible overlap", "an activity: a date missing"}
SITUATIONS = {
    *OFTEN,
    *(f"a pair: {grade} {kind}" for grade in ("confirmed", "possible") for kind in ("joint", "chain")),
    *(f"a pair: {name} {relation}" for name, relations in RELATIONS.items() for relation in relations),
    *(f"a pair: same site {answer}" for answer in ("yes", "no", "unknown")),
    *(f"a row: same funder {answer}" for answer in ("yes", "no", "unknown")),
    *(f"a row: same site {site}, funders known yes" for site in ("yes", "no", "unknown")),
    "a pair: just long enough",
    "a pair: coarser in two ways",
    "two activities: a day too short",
    "two activities: one begins the day after",
    "two activities: two groups shared",
    "two activities: two characteristics shared",
    "two activities: one site, spelt twice",
    "two activities: joint and chain at once",
    "an activity: a group and one above it",
    "an activity: one day",
    "an activity: names itself as programme or funder",
    "an activity: cut by the window",
    "a cell: different functions",
    "a cell: an unknown function beside different ones",
    "a cell: a coarser function",
    "a cell: two runs",
    "a cell: two runs a day apart",
    "a run: only joint or chain",
    "a run: joint or chain beside an overlap",
    "a run: two that never meet",
    "a run: A and B, later C and D",
    "a run: just long enough",
    "a run: at the edge of the window",
    "a row: three organisations",
    "a row: an organisation twice",
    "a row: others could be in it",
    "a row: a characteristic",
    "a row: at a site",
    "a row: one id begins the other",
    "a filter: leaves activities out",
    "a filter: leaves one of two groups out",
}


def test_two_thousand_cases_hold_every_hard_situation() -> None:
    drawn = [stack for levels in LEVELS for stack in stacks(*levels, 175, 2021)]
    counted = reached((world, stack.params) for stack in drawn for world in stack.worlds)
    assert counted["cases"] == 2100
    rare = {name: counted[name] for name in SITUATIONS if counted[name] < (400 if name in OFTEN else 8)}
    assert not rare
