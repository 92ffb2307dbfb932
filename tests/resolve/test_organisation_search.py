"""People find an organisation by what they remember of its name, in the script that they write."""

import pandas as pd
import pytest

from csomap.resolve.organisation_search import OrganisationSearch

KNOWN = pd.DataFrame(
    [
        ("heron", "Blue Heron Relief Organization", "منظمة مالك الحزين الأزرق للإغاثة", "", "BHRO", ""),
        ("palms", "Twin Palms Health Society", "جمعية النخلتين الصحية", "کۆمەڵەی دوو دارخورما", "TPHS", ""),
        ("lantern", "Paper Lantern Foundation", "", "دەزگای فانۆسی کاغەز", "PLF", "Lantern Coast;Fanous"),
        ("physicians", "Médecins des Sources", "", "", "MDS", ""),
        ("harbour", "Harbour Relief Network", "", "", "HRN", ""),
    ],
    columns=["org_id", "name_en", "name_ar", "name_ckb", "acronym", "aliases"],
)


@pytest.fixture(scope="module")
def search() -> OrganisationSearch:
    return OrganisationSearch(KNOWN)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Blue Heron Relief Organization", "heron"),
        ("BLUE  heron", "heron"),
        ("heron", "heron"),
        ("lant", "lantern"),
        ("herron", "heron"),
        ("Twin Plams", "palms"),
        ("bhro", "heron"),
        ("fanous", "lantern"),
        ("medecins", "physicians"),
        ("مالك الحزين", "heron"),
        ("مالک الحزین", "heron"),  # the letters of a Persian or Kurdish keyboard
        ("النخلتين", "palms"),
        ("فانۆسی", "lantern"),
        ("nakhlatain", "palms"),  # an Arabic name in Latin letters
        ("TwinPalms", "palms"),
    ],
)
def test_a_name_is_found_in_three_scripts_and_in_spite_of_slips(
    search: OrganisationSearch, typed: str, first: str
) -> None:
    assert search.found(typed)[:1] == [first]


def test_what_is_typed_whole_comes_before_what_only_holds_it(search: OrganisationSearch) -> None:
    assert search.found("relief") == ["heron", "harbour"]
    more = pd.concat([KNOWN, KNOWN.iloc[[4]].assign(org_id="relief", name_en="Relief", acronym="")])
    assert OrganisationSearch(more).found("relief")[0] == "relief"


@pytest.mark.parametrize("typed", ["zzzz", "Heron Lantern", "qx"])
def test_what_fits_nobody_finds_nobody(search: OrganisationSearch, typed: str) -> None:
    assert search.found(typed) == []


@pytest.mark.parametrize("typed", ["", "  ", "…"])
def test_nothing_typed_is_everybody_in_their_order(search: OrganisationSearch, typed: str) -> None:
    assert search.found(typed) == list(KNOWN["org_id"])


def test_where_nobody_fits_the_nearest_are_known(search: OrganisationSearch) -> None:
    assert search.nearest("BHRO Baghdad office")[0] == "heron"
    assert set(search.nearest("Heron Lantern")) >= {"heron", "lantern"}
    assert search.nearest("zzzz") == []


def test_signs_of_a_pattern_are_letters_like_others(search: OrganisationSearch) -> None:
    assert search.found(".*") == list(KNOWN["org_id"]), "signs alone are nothing"
    assert search.found("heron (") == ["heron"]


def test_without_organisations_nobody_is_found() -> None:
    nobody = OrganisationSearch(KNOWN.head(0))
    assert nobody.found("heron") == [] and nobody.nearest("heron") == []
