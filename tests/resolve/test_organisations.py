"""An organisation is found by what people write, and refused where two would fit."""

import re

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from csomap.resolve.normalise import normalise
from csomap.resolve.organisations import OrganisationResolver, provisional_id
from csomap.resolve.reference import organisation_resolver
from csomap.settings import DATA, ROOT

IRAQ_3W = ROOT.parent / "shared/data/3w/irq_3w_jan_dec_2021_longtable_20220120.xlsx"


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / "registry" / name, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def resolver() -> OrganisationResolver:
    return organisation_resolver()


def _registry(*rows: tuple[str, str, str]) -> OrganisationResolver:
    organisations = pd.DataFrame(rows, columns=["org_id", "name_en", "acronym"]).assign(
        name_ar="", name_ckb="", type="cso"
    )
    return OrganisationResolver(organisations, pd.DataFrame({"org_id": [], "name": []}))


@pytest.mark.parametrize(
    ("written", "org_id"),
    [
        ("NRC", "nrc"),
        ("Norweigan Refugee Council", "nrc"),
        ("norwegian  refugee COUNCIL", "nrc"),
        ("NRC - Norwegian Refugee Council", "nrc"),
        ("Norwegian Refugee Council / NRC", "nrc"),
        ("Norwegian Refugee Council (NRC)", "nrc"),
        ("WHO (World Health Organization)", "who"),
        ("منظمة الصحة العالمية", "who"),
        ("ڕێکخراوی تەندروستی جیهانی", "who"),
        ("اليونيسف", "unicef"),
        ("جمعية الأمل العراقية", "iaa"),
        ("الأمل العراقية", "iaa"),
        ("دائرة صحة أربيل", "doh-erbil"),
        ("مؤسسة بارزاني الخيرية", "bcf"),
        ("Barzani Charity Organisation", "bcf"),
        ("The Iraqi Al-Amal Association", "iaa"),
        ("Médecins du Monde", "mdm"),
        ("Medecins du Monde", "mdm"),
        ("CADUS", "cadus"),
        ("DFID", "fcdo"),
        ("Handicap International", "hi"),
        ("Solidarités Internatinal", "si"),
        ("Directorate of Health - Duhok", "doh-duhok"),
        ("Dohuk Directorate of Health", "doh-duhok"),
        ("tdh-italy", "tdh-italy"),
        ("IOM Iraq", "iom"),
        ("Save the Children Iraq", "sci"),
        ("Norwegian Refugee Counsil", "nrc"),
        ("Mercy Corp", "mercy-corps"),
        ("MercyCorps", "mercy-corps"),
        ("N.R.C.", "nrc"),
    ],
)
def test_the_many_ways_of_writing_one_organisation(
    resolver: OrganisationResolver, written: str, org_id: str
) -> None:
    assert resolver.resolve(written).id == org_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mercy Corps", "Mercy Hands"),
        ("NRC", "DRC"),
        ("Norwegian Refugee Council", "Danish Refugee Council"),
        ("المجلس النرويجي للاجئين", "المجلس الدنماركي للاجئين"),
        ("IRC", "IRCS"),
        ("International Rescue Committee", "Iraqi Red Crescent Society"),
        ("DoH-Erbil", "DoH-Duhok"),
        ("TDH-Italy", "TDH-Lausanne"),
        ("Caritas Iraq", "Caritas Czech Republic"),
        ("Kurdistan Save the Children", "Save the Children"),
        ("Médecins du Monde", "Médecins Sans Frontières"),
        ("Ministry of Health", "Kurdistan Ministry of Health"),
        ("ICRC", "IFRC"),
        ("UNICEF", "UNHCR"),
        ("Norwegian Church Aid", "Norwegian Refugee Council"),
        ("Women Empowerment Organization", "Women's Rehabilitation Organization"),
        ("Jiyan Foundation", "Zhian Health Organization"),
    ],
)
def test_likely_mistakes_stay_apart(resolver: OrganisationResolver, one: str, other: str) -> None:
    first, second = resolver.resolve(one).id, resolver.resolve(other).id
    assert first and second and first != second


@pytest.mark.parametrize(
    "written",
    [
        "Terre des Hommes",
        "Terre des Hommes Iraq",
        "Caritas",
        "DoH",
        "Directorate of Health",
        "Directorate of Health - Baghdad",
        "Al-Amal",
        "Mercy",
        "Mercy Organization",
        "Health Organization",
        "The Foundation",
        "Seed Association",
        "REACH Iraq",
        "Save the Children (Kurdistan)",
        "Danish Refugee Council (NRC)",
        "Dansk Refugee Council (NRC)",
        "Norwegian Council",
        "Mercy Corps Europe",
        "Norwegian Church Council",
        "Women Organization",
        "World Health Foundation",
        "World Vision Somalia",
        "Caritas Lebanon",
        "DoH-Halabja",
        "Directorate of Health - Halabja",
        "War Child Holland",
        "Children's Organization",
        "الهلال الأحمر التركي",
        "ژیان",
        "Sunrise Clinic Society of Basrah",
        "؟؟",
        "",
    ],
)
def test_what_could_be_another_organisation_is_not_decided(
    resolver: OrganisationResolver, written: str
) -> None:
    assert resolver.resolve(written).id == ""


def test_a_name_that_nobody_knows_still_gets_its_three_likest(resolver: OrganisationResolver) -> None:
    answer = resolver.resolve("Norwegian Council of Churches for Refugees")
    ids, scores = zip(*answer.candidates, strict=True)
    assert (answer.method, ids[0], len(set(ids))) == ("none", "nrc", 3)
    assert list(scores) == sorted(scores, reverse=True) and 88 > answer.score == scores[0] > 50


@pytest.mark.parametrize(
    ("name", "acronym", "org_id"),
    [
        ("Norwegian Refugee Concil Group (NRC)", "", "nrc"),
        ("Amalna Community", "Amalna", "amalna"),
        ("Directorat of Health", "DoH-Duhok", "doh-duhok"),
    ],
)
def test_an_acronym_helps_a_misspelt_name(
    resolver: OrganisationResolver, name: str, acronym: str, org_id: str
) -> None:
    answer = resolver.resolve(name, acronym)
    assert (answer.id, answer.method) == (org_id, "acronym_and_name")


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("Nineveh Relief Caravan", "NRC"),
        ("Dansk Refugee Council", "NRC"),
        ("Danish Refugee Council", "NRC"),
        ("Iraqi Red Crescent Society", "IRC"),
        ("Mercy Hands Europe", "Mercy Corps"),
        ("Directorate of Health of Halabja", "DoH-Erbil"),
        ("NRC Nineveh Relief Caravan", "NRC"),
        ("جمعية نهضة الرافدين", "NRC"),
    ],
)
def test_an_acronym_does_not_outvote_a_different_name(
    resolver: OrganisationResolver, name: str, acronym: str
) -> None:
    assert resolver.resolve(name, acronym).id == ""


def test_name_and_acronym_of_two_organisations_are_a_conflict(resolver: OrganisationResolver) -> None:
    assert resolver.resolve("Mercy Hands", "Mercy Corps").method == "conflict"


def test_a_known_name_needs_no_known_acronym(resolver: OrganisationResolver) -> None:
    assert resolver.resolve("Caritas Iraq", "CI").id == "caritas-iraq"
    assert resolver.resolve("", "TDH-Lausanne").id == "tdh-lausanne"


def test_an_acronym_of_two_organisations_names_neither() -> None:
    resolver = _registry(("a", "Amal Development", "AD"), ("b", "Anbar Doctors", "AD"))
    assert (resolver.resolve("AD").id, resolver.resolve("AD").method) == ("", "ambiguous")
    assert resolver.resolve("Anbar Doctors", "AD").id == "b"


def test_a_word_such_as_foundation_is_dropped_only_where_one_organisation_remains() -> None:
    twins = _registry(("a", "Bright Future Foundation", ""), ("b", "Bright Future Association", ""))
    assert twins.resolve("Bright Future Organization").id == ""
    assert twins.resolve("Bright Future Association").id == "b"
    assert _registry(("a", "Bright Future Foundation", "")).resolve("Bright Future").id == "a"
    assert _registry(("a", "Nour Foundation", "")).resolve("Nour Association").id == ""


def test_what_a_person_confirmed_goes_before_the_registry() -> None:
    confirmed = {"Al Amal (Basrah)": "iaa", "NRC": "new-0123456789"}
    resolver = OrganisationResolver(
        _read("organisations.csv"), _read("organisation_aliases.csv"), confirmed=confirmed
    )
    answer = resolver.resolve("AL AMAL (BASRAH)")
    assert (answer.id, answer.method) == ("iaa", "confirmed")
    assert resolver.resolve("NRC").id == "new-0123456789"
    assert resolver.resolve("Al Amal (Basrah)", "Mercy Corps").id == "iaa"


def test_a_confirmed_text_without_letters_says_nothing_about_others() -> None:
    resolver = OrganisationResolver(
        _read("organisations.csv"), _read("organisation_aliases.csv"), {"--": "nrc"}
    )
    assert resolver.resolve("??").id == ""


def test_an_empty_registry_knows_nobody() -> None:
    answer = _registry().resolve("Mercy Corps", "MC")
    assert (answer.id, answer.candidates) == ("", ())


def test_one_unknown_organisation_keeps_one_provisional_id() -> None:
    assert re.fullmatch(r"new-[0-9a-f]{10}", provisional_id("Sunrise Clinic"))
    assert provisional_id("  SUNRISE   clinic ") == provisional_id("Sunrise Clinic")
    assert provisional_id("Sunrise Clinics") != provisional_id("Sunrise Clinic")


def test_every_spelling_in_the_registry_finds_its_own_organisation(resolver: OrganisationResolver) -> None:
    aliases = _read("organisation_aliases.csv")
    organisations = _read("organisations.csv")
    own = [(text, row.org_id) for row in organisations.itertuples() for text in row[1:6] if text]
    written = own + list(zip(aliases["name"], aliases["org_id"], strict=True))
    missed = [(text, org_id) for text, org_id in written if resolver.resolve(text).id != org_id]
    assert missed == []


@pytest.mark.skipif(not IRAQ_3W.exists(), reason="the published Iraq 3W of 2021 is not here")
def test_every_partner_of_the_iraq_3w_is_one_registered_organisation(resolver: OrganisationResolver) -> None:
    header, _, *rows = CalamineWorkbook.from_path(IRAQ_3W).get_sheet_by_index(1).to_python()
    name, acronym = header.index("Partner Full Name"), header.index("Partner Acronym")
    partners = {(str(row[name]), str(row[acronym])) for row in rows}
    together = {pair: resolver.resolve(*pair).id for pair in partners}
    assert len(partners) == len(set(together.values())) == 130 and "" not in together.values()
    for pair, org_id in together.items():
        assert {resolver.resolve(text).id for text in pair} == {org_id}, normalise(pair[0])
