"""What may surround or change the name of an organisation, and what may not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csomap.resolve.organisations import OrganisationResolver
from csomap.resolve.reference import organisation_resolver, registry
from csomap.resolve.skeletons import skeleton


@pytest.fixture(scope="module")
def resolver() -> OrganisationResolver:
    return organisation_resolver()


@pytest.mark.parametrize(
    ("written", "org_id", "method"),
    [
        ("IRC - Erbil office", "irc", "branch"),
        ("UNHCR Duhok Sub-Office", "unhcr", "branch"),
        ("مكتب اليونيسف في العراق", "unicef", "branch"),
        ("Mercy Corps Iraq Country Office", "mercy-corps", "branch"),
        ("Barzani Charity Foundation - Zakho Branch", "bcf", "branch"),
        ("UNFPA Iraq", "unfpa", "without_country"),
        ("Oxfam GB", "oxfam", "alias"),
        ("Caritas Iraq", "caritas-iraq", "name"),
    ],
)
def test_an_office_belongs_to_its_organisation(
    resolver: OrganisationResolver, written: str, org_id: str, method: str
) -> None:
    found = resolver.resolve(written)
    assert (found.id, found.method) == (org_id, method)


@pytest.mark.parametrize(
    "written", ["REACH Erbil", "Seed Mosul", "Ministry of Health Basrah", "DoH Office", "BCF Office"]
)
def test_a_place_behind_an_iraqi_body_may_mean_another_one(
    resolver: OrganisationResolver, written: str
) -> None:
    assert resolver.resolve(written).id == ""


@pytest.mark.parametrize(
    ("written", "org_id"),
    [
        ("Humanity & Inclusion (formerly Handicap International)", "hi"),
        ("Tomorrow's Inclusion, formerly known as Handicap International", "hi"),
        ("FCDO (ex-DFID)", "fcdo"),
        ("Yazda also known as Global Yazidi Organization", "yazda"),
        ("منظمة أوكسفام (سابقا)", "oxfam"),
    ],
)
def test_an_earlier_or_another_name_tells_who_it_is(
    resolver: OrganisationResolver, written: str, org_id: str
) -> None:
    assert resolver.resolve(written).id == org_id


@pytest.mark.parametrize("written", ["Danish Refug", "Norwegian Refug", "Barzani Ch"])
def test_the_first_letters_of_a_name_are_no_name(resolver: OrganisationResolver, written: str) -> None:
    assert resolver.resolve(written).id == ""


@pytest.mark.parametrize(("latin", "arabic"), [("police", "بوليس"), ("fatimah", "فاطما"), ("abbas", "عباس")])
def test_a_word_has_the_same_bones_in_both_scripts(latin: str, arabic: str) -> None:
    assert skeleton(latin) == skeleton(arabic)


def test_an_acronym_that_two_bear_supports_neither() -> None:
    names = {"a": "Green Reed Alliance", "b": "Golden Roof Association"}
    rows = [{"org_id": key, "name_en": name, "acronym": "GRA", "type": "cso"} for key, name in names.items()]
    table = pd.DataFrame(rows).assign(name_ar="", name_ckb="")
    known = OrganisationResolver(table, pd.DataFrame(columns=["org_id", "name"]), alike=50.0)
    assert known.resolve("Green Reeds", "GRA").id == ""
    alone = OrganisationResolver(table.head(1), pd.DataFrame(columns=["org_id", "name"]), alike=50.0)
    assert alone.resolve("Green Reeds", "GRA").id == "a"


def test_two_names_of_two_organisations_are_a_conflict(resolver: OrganisationResolver) -> None:
    assert resolver.resolve("Mercy Hands (formerly Mercy Corps)").method == "conflict"
    assert resolver.resolve("UN Women (formerly UNIFEM)", "WEO").id == ""


@pytest.mark.parametrize(
    ("written", "org_id"),
    [
        ("Conseil norvégien pour les réfugiés", "nrc"),
        ("Croix-Rouge allemande", "grc"),
        ("Organización Mundial de la Salud", "who"),
        ("Programme alimentaire mondial", "wfp"),
        ("ئەنجومەنی پەنابەرانی نەرویج", "nrc"),
        ("كوردايد", "cordaid"),
        ("إنترسوس", "intersos"),
        ("بلومونت", "blumont"),
    ],
)
def test_a_name_is_known_in_another_language_or_script(
    resolver: OrganisationResolver, written: str, org_id: str
) -> None:
    found = resolver.resolve(written)
    assert org_id in [found.id, *(candidate for candidate, _ in found.candidates[:1])]
    assert found.id in {org_id, ""}


@pytest.mark.parametrize(
    ("written", "org_id"),
    [
        ("Foreign, Commonwealth & Develo", "fcdo"),
        ("International Committee of the", "icrc"),
        ("Directorate of Health - Baghda", ""),
        ("Kurdistan Regional Government", ""),
        ("European Commission", ""),
    ],
)
def test_a_name_that_a_narrow_column_cut_off(
    resolver: OrganisationResolver, written: str, org_id: str
) -> None:
    assert resolver.resolve(written).id == org_id


@pytest.mark.parametrize(
    ("written", "org_id"),
    [
        ("Women Empowerment Orgnization", "weo"),
        ("Womens Empowerment NGO", "weo"),
        ("Tajdeed Organisation", "tajdid"),
        ("Iraqi Alamal Association", "iaa"),
        ("Dan Church Aid", "dca"),
        ("World Healh Organization", "who"),
    ],
)
def test_a_slip_of_the_keyboard_is_forgiven(
    resolver: OrganisationResolver, written: str, org_id: str
) -> None:
    assert resolver.resolve(written).id == org_id


@pytest.mark.parametrize(
    "written", ["Health Organization", "Relief and Development", "International", "Women"]
)
def test_words_that_many_share_name_nobody(resolver: OrganisationResolver, written: str) -> None:
    assert resolver.resolve(written).id == ""


def test_an_acronym_that_is_refused_is_still_offered(resolver: OrganisationResolver) -> None:
    found = resolver.resolve("Nineveh Relief Caravan", "NRC")
    assert found.id == "" and "nrc" in dict(found.candidates)


def test_deciding_and_resolving_agree(resolver: OrganisationResolver) -> None:
    for text in ("NRC", "Norwegian Refugee Counsil", "Mercy", "WHO Iraq", "Sunrise Clinic"):
        decided, resolved = resolver.decide(text), resolver.resolve(text)
        assert (decided.id, decided.method, decided.score) == (resolved.id, resolved.method, resolved.score)


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("كوردايد", "cordaid"),
        ("هاريكار", "harikar"),
        ("بلومونت", "blumont"),
        ("ترست", "trust"),
        ("خان", "khan"),
    ],
)
def test_one_name_has_the_same_consonants_in_two_scripts(arabic: str, latin: str) -> None:
    assert skeleton(arabic) == skeleton(latin) != ""


_NAMES = sorted({name for name in registry()["name_en"] if " " in name})
_FORMS = ("Organization", "NGO", "the", "Organisation", "ڕێکخراوی")
_MARKS = ("\u200f", "\u200e", "\u0640", "\u0301", "\u064b")


@given(st.sampled_from(_NAMES), st.sampled_from(_FORMS), st.booleans())
def test_a_legal_form_more_names_nobody_else(name: str, form: str, before: bool) -> None:
    resolver = organisation_resolver()
    found = resolver.resolve(f"{form} {name}" if before else f"{name} {form}")
    assert found.id == resolver.resolve(name).id


@given(
    st.sampled_from(_NAMES), st.sampled_from(_MARKS), st.integers(0, 200), st.sampled_from(("upper", "lower"))
)
def test_case_and_invisible_marks_change_nothing(name: str, mark: str, place: int, case: str) -> None:
    resolver = organisation_resolver()
    spot = place % (len(name) + 1)
    written = getattr(name, case)()
    assert resolver.resolve(written[:spot] + mark + written[spot:]).id == resolver.resolve(name).id
