"""The picture of who works with whom: the same every time, told apart without colour, and in words."""

import pandas as pd
import pytest

from csomap.figures import Network, described_network, largest, network, positions
from csomap.figures.network import KINDS
from csomap.figures.palette import contrast
from csomap.i18n import LANGUAGES, t


def _links(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["org_a", "org_b", "kind"])
    return table.assign(activities=1, start=pd.NaT, end=pd.NaT)


STAR = _links(
    *((f"o{n}", "fund", "funder") for n in range(6)), ("o0", "lead", "programme"), ("o1", "o2", "project"),
    ("away", "beyond", "project"),
)  # fmt: skip


def _shown(links: pd.DataFrame = STAR, chosen: str = "") -> Network:
    places = positions(links)
    names = {one: f"Name of {one}" for one in places}
    return Network(links, places, names, {one: one.upper() for one in places}, chosen)


def _dots(shown: Network, lang: str = "en"):
    return network(shown, lang).data[-1]


def test_everybody_stands_somewhere_and_always_in_the_same_place() -> None:
    places = positions(STAR)
    assert set(places) == {*STAR["org_a"], *STAR["org_b"]}
    assert len(set(places.values())) == len(places)
    assert positions(STAR.sample(frac=1, random_state=3)) == places, "the order of the rows says nothing"


def test_a_small_group_stands_beside_the_large_one_and_not_in_it() -> None:
    places = positions(STAR)
    lowest = min(y for one, (_, y) in places.items() if one not in ("away", "beyond"))
    assert max(places["away"][1], places["beyond"][1]) < lowest


def test_many_small_groups_stay_apart_within_the_width() -> None:
    pairs = _links(
        *((f"a{n}", f"b{n}", "project") for n in range(40)), *((f"c{n}", "hub", "funder") for n in range(9))
    )
    places = positions(pairs)
    assert len(set(places.values())) == len(places)
    middles = [
        tuple((places[f"a{n}"][axis] + places[f"b{n}"][axis]) / 2 for axis in (0, 1)) for n in range(40)
    ]
    near = [
        (one, other)
        for place, one in enumerate(middles) for other in middles[:place]
        if abs(one[0] - other[0]) < 0.2 and abs(one[1] - other[1]) < 0.2
    ]  # fmt: skip
    assert near == []
    assert max(abs(x) for x, _ in places.values()) <= 1.3


def test_a_hundred_and_fifty_organisations_do_not_stand_on_each_other() -> None:
    funders = [f"f{n}" for n in range(10)]
    many = _links(*((f"o{n:03d}", funders[n % 7], "funder") for n in range(140)),
                  *((f"o{n:03d}", funders[n % 10], "funder") for n in range(0, 140, 3)))  # fmt: skip
    places = list(positions(many.drop_duplicates()).values())
    close = sum(
        1
        for place, one in enumerate(places) for other in places[:place]
        if abs(one[0] - other[0]) < 0.012 and abs(one[1] - other[1]) < 0.012
    )  # fmt: skip
    assert len(places) == 150 and close < 8


def test_only_those_with_most_partners_are_drawn_and_always_the_chosen_one() -> None:
    assert set(largest(STAR, 3)["org_b"]) <= {"fund", "o2", "lead"}
    drawn = largest(STAR, 3, "away")
    assert {"away", "beyond", "fund"} <= {*drawn["org_a"], *drawn["org_b"]}
    assert len(largest(STAR, 100)) == len(STAR)


def test_kinds_are_told_apart_by_the_line_and_not_by_colour_alone() -> None:
    assert len({dash for _, dash, _ in KINDS.values()}) == len(KINDS)
    assert all(contrast(colour, "#FFFFFF") >= 4.5 for colour, _, _ in KINDS.values())
    drawn = {trace.name: trace.line.dash for trace in network(_shown()).data if trace.mode == "lines"}
    assert {drawn[t(f"figure.network.kind.{kind}")] for kind in KINDS} == {"solid", "dash", "dot"}


def test_who_only_gives_or_leads_is_a_square_and_who_has_most_partners_the_largest() -> None:
    dots = _dots(_shown())
    order = [text.split("Name of ")[1].split(":")[0] for text in dots.hovertext]
    symbols = dict(zip(order, dots.marker.symbol, strict=True))
    sizes = dict(zip(order, dots.marker.size, strict=True))
    assert {one for one, symbol in symbols.items() if symbol == "square"} == {"fund", "lead"}
    assert max(sizes, key=sizes.__getitem__) == "fund"


def test_the_chosen_one_and_its_partners_carry_their_labels() -> None:
    written = {text for text in _dots(_shown(chosen="o0")).text if text}
    assert written == {"O0", "FUND", "LEAD"}
    assert len({text for text in _dots(_shown()).text if text}) == 10


def test_a_name_is_text_and_never_markup() -> None:
    links = _links(("a", "b", "project"))
    names = {"a": "<b>Bold</b> & Co", "b": "B"}
    dots = _dots(Network(links, positions(links), names, names))
    assert not any("<b>" in text for text in (*dots.text, *dots.hovertext))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_is_said_in_words(lang: str) -> None:
    told = described_network(_shown(chosen="o1"), lang)
    assert "Name of fund (6)" in told and "Name of o2" in told
    assert "figure." not in told


def test_english_words_count_groups_and_partners() -> None:
    told = described_network(_shown())
    assert told.startswith("10 organisations are linked, in 2 groups that hang together.")
    many = _links(*((f"o{n}", "fund", "funder") for n in range(25)))
    assert "linked with 25 others; they are in the table" in described_network(_shown(many, "fund"))


def test_a_crowd_is_cut_down_and_what_is_left_needs_nothing_that_is_not_installed() -> None:
    crowd = _links(*((f"o{n:03d}", "fund", "funder") for n in range(600)))
    drawn = largest(crowd, 150, "fund")
    assert len(drawn) == 150 and "fund" in set(drawn["org_b"])
    assert len(positions(crowd)) == 601


def test_no_links_are_no_places() -> None:
    assert positions(_links()) == {}


def test_hubs_that_share_all_their_partners_do_not_cover_each_others_labels() -> None:
    hubs = [f"fund{n}" for n in range(4)]
    places = positions(_links(*((f"o{n:02d}", hub, "funder") for n in range(40) for hub in hubs)))
    for place, one in enumerate(hubs):
        for other in hubs[:place]:
            across, up = (abs(places[one][axis] - places[other][axis]) for axis in (0, 1))
            assert (across / 0.26) ** 2 + (up / 0.17) ** 2 > 0.6
