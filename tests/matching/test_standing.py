"""Which verdict holds in a cell: its own, else a coarser one: the most specific, of several the newest."""

import pandas as pd
import pytest

from csomap.matching.standing import CELL, Cell, Standing, Verdict, distance, lines, may_hold

HERE: Cell = ("immunisation_campaign", "idp_camp", "children_under_5", "IQG15Q05N01|clinic")
PAIR = ("a", "b")


def cell(**other: str) -> Cell:
    service, group, trait, place = (other.get(name, code) for name, code in zip(CELL, HERE, strict=True))
    return service, group, trait, place


def said(number: int, where: Cell, pair: tuple[str, str] = PAIR) -> Verdict:
    return Verdict(number, pair, where, "shared_load")


def held(*verdicts: Verdict, where: Cell = HERE, pair: tuple[str, str] = PAIR) -> int:
    """Return the id of the verdict that holds; 0 if none does."""
    found = Standing(verdicts).of(pair, where)
    return found.id if found else 0


@pytest.mark.parametrize(
    "above",
    [
        {"service": "immunisation"},
        {"population_group": "idp"},
        {"population_group": "all"},
        {"characteristic": "children"},
        {"characteristic": ""},
        {"pcode": "IQG15Q05N01"},
        {"pcode": "IQG15Q05"},
        {"pcode": "IQG15"},
        {"service": "immunisation", "population_group": "all", "characteristic": "", "pcode": "IQG15"},
    ],
)
def test_a_verdict_holds_in_all_finer_cells(above: dict[str, str]) -> None:
    assert held(said(1, cell(**above))) == 1
    assert held(said(1, HERE), where=cell(**above)) == 0


@pytest.mark.parametrize(
    "beside",
    [
        {"service": "immunisation_routine"},
        {"service": "nutrition"},
        {"population_group": "idp_out_of_camp"},
        {"population_group": "host"},
        {"characteristic": "women"},
        {"pcode": "IQG15Q05N02"},
        {"pcode": "IQG15Q05N01|school"},
        {"pcode": "IQG15Q06"},
        {"pcode": "IQG1"},
        {"service": "immunisation", "pcode": "IQG16"},
    ],
)
def test_a_verdict_does_not_hold_beside_its_cell(beside: dict[str, str]) -> None:
    assert held(said(1, cell(**beside))) == 0


def test_a_site_of_a_district_is_not_that_site_of_one_of_its_sub_districts() -> None:
    assert distance(HERE, cell(pcode="IQG15Q05|clinic")) is None


def test_the_cell_itself_goes_before_whatever_is_newer_and_coarser() -> None:
    assert held(said(1, HERE), said(2, cell(service="immunisation")), said(3, cell(pcode="IQG15"))) == 1


def test_the_most_specific_goes_before_the_newest() -> None:
    one_step, three_steps = cell(pcode="IQG15Q05N01"), cell(pcode="IQG15")
    assert held(said(1, one_step), said(2, three_steps)) == 1
    two_sides = cell(service="immunisation", population_group="idp")
    assert held(said(1, one_step), said(2, two_sides)) == 1


def test_of_equally_specific_ones_the_newest_holds() -> None:
    cells = [cell(service="immunisation"), cell(population_group="idp"), cell(pcode="IQG15Q05N01")]
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        assert held(*(said(number, cells[place]) for number, place in enumerate(order, start=1))) == 3


def test_a_verdict_is_about_its_two_organisations_alone() -> None:
    assert held(said(1, HERE, ("a", "c")), said(2, HERE, ("c", "d"))) == 0
    found = Standing([said(1, HERE), said(2, HERE, ("b", "c")), said(3, HERE, ("c", "d"))])
    assert [one.id for one in found.among(["c", "b", "a", "x"], HERE)] == [1, 2]


def test_a_code_that_the_taxonomy_no_longer_has_is_above_nothing_but_itself() -> None:
    gone = cell(service="leeches")
    assert (held(said(1, gone)), held(said(1, gone), where=gone)) == (0, 1)


def test_the_lines_of_a_cell_are_nearest_first() -> None:
    assert lines(HERE) == (
        ("immunisation_campaign", "immunisation", "health"),
        ("idp_camp", "idp", "all"),
        ("children_under_5", "children", ""),
        ("IQG15Q05N01|clinic", "IQG15Q05N01", "IQG15Q05", "IQG15"),
    )


def test_the_quick_look_never_leaves_out_a_row_in_which_a_verdict_holds() -> None:
    places = ["IQG15Q05N01|clinic", "IQG15Q05N01", "IQG15Q05", "IQG15", "IQG16", "IQG15Q05|clinic"]
    groups = ["idp_camp", "idp", "host"]
    cells = [cell(pcode=place, population_group=group) for place in places for group in groups]
    for above in cells:
        found = may_hold(pd.DataFrame(cells, columns=[*CELL]), [said(1, above)])
        assert list(found) == [distance(here, above) is not None for here in cells]
