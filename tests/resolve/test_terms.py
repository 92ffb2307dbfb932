"""Words that coordinators write find their code, in three languages, and doubtful ones wait for a person."""

import time
from collections import defaultdict

import pandas as pd
import pytest

from csomap.i18n import LANGUAGES
from csomap.resolve import reference
from csomap.resolve.terms import TermResolver
from csomap.resolve.wordings import joined
from csomap.tables import taxonomy
from csomap.tables.taxonomy import NAMES

# The words of the columns Cluster, Beneficiary Type and Organisation type in the OCHA Iraq 3W of 2021.
OCHA_IRAQ_3W = {
    ("services", "General Protection"): "protection",
    ("services", "Child Protection"): "child_protection",
    ("services", "Health"): "health",
    ("services", "Gender Based Violence"): "gbv",
    ("services", "WASH"): "wash",
    ("services", "Emergency Livelihoods"): "livelihoods",
    ("services", "Education"): "education",
    ("services", "SNFI"): "shelter_nfi",
    ("services", "Food Security"): "food_security",
    ("services", "MPCA"): "cash",
    ("services", "CCCM"): "cccm",
    ("population_groups", "Returnees"): "returnee",
    ("population_groups", "Out-of-camp IDPs"): "idp_out_of_camp",
    ("population_groups", "In-camp IDPs"): "idp_camp",
    ("organisation_types", "INGO"): "ingo",
    ("organisation_types", "NNGO"): "cso",
    ("organisation_types", "UN"): "un",
    ("organisation_types", "Other"): "other",
    ("organisation_types", "IO"): "other",
}


@pytest.fixture(scope="module")
def resolvers() -> dict[str, TermResolver]:
    return {name: reference.term_resolver(name) for name in NAMES}


def _no_aliases() -> pd.DataFrame:
    return pd.DataFrame({"code": [], "text": []})


def _tree(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["code", "parent", "label_en"]).assign(label_ar="", label_ckb="")


@pytest.mark.parametrize(("told", "code"), OCHA_IRAQ_3W.items(), ids=lambda case: str(case))
def test_the_words_of_the_ocha_iraq_3w_are_known(
    resolvers: dict[str, TermResolver], told: tuple[str, str], code: str
) -> None:
    name, text = told
    assert resolvers[name].resolve(text).id == code


@pytest.mark.parametrize("name", NAMES)
def test_a_label_leads_to_the_same_code_in_every_language(
    resolvers: dict[str, TermResolver], name: str
) -> None:
    tree = taxonomy.load(name)
    for code in tree.codes:
        assert {resolvers[name].resolve(tree.label(code, lang)).id for lang in LANGUAGES} == {code}


@pytest.mark.parametrize("name", NAMES)
def test_every_alias_leads_to_its_code(resolvers: dict[str, TermResolver], name: str) -> None:
    for alias in taxonomy.aliases(name).itertuples():
        assert resolvers[name].resolve(alias.text, alias.within).id == alias.code, alias.text


@pytest.mark.parametrize("name", NAMES)
def test_no_wording_stands_for_two_codes_under_one_heading(name: str) -> None:
    tree, wordings = taxonomy.load(name), taxonomy.aliases(name)
    meant = defaultdict(set)
    for text, code, within in zip(wordings["text"], wordings["code"], wordings["within"], strict=True):
        meant[joined(text), within].add(code)
    for code in tree.codes:
        for text in (code, *(tree.label(code, lang) for lang in LANGUAGES)):
            meant[joined(text), ""].add(code)
    assert {text: codes for text, codes in meant.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("services", "Mental health and psycho-social support", "mhpss"),
        ("services", "رعاية صحية أولية", "primary_care"),
        ("services", "الرعايه الصحيه الاوليه", "primary_care"),
        ("services", "الأمراض السارية", "communicable"),
        ("services", "الأمراض غير السارية", "ncd"),
        ("services", "چاودێری تەندروستی سەرەتایی", "primary_care"),
        ("services", "چاودیری تەندروستی سەرەتایى", "primary_care"),
        ("services", "EPI", "immunisation"),
        ("services", "Health-care", "health"),
        ("services", "HIV/AIDS", "communicable_hiv"),
        ("population_groups", "النازحين", "idp"),
        ("population_groups", "ئاوارەکان", "idp"),
        ("population_groups", "الجميع", "all"),
        ("population_groups", "Everybody", "all"),
        ("characteristics", "PwDs", "people_with_disabilities"),
        ("organisation_types", "Directorate of Health", "government"),
        ("organisation_types", "منظمة مجتمع مدني", "cso"),
        ("functions", "M&E", "direct_monitoring"),
        ("statuses", "On-going", "ongoing"),
    ],
)
def test_what_coordinators_write_is_known(
    resolvers: dict[str, TermResolver], name: str, text: str, code: str
) -> None:
    assert resolvers[name].resolve(text).id == code


@pytest.mark.parametrize("text", ["Mixed", "General", "VARIOUS", "Vulnerable", "مختلط", "تێکەڵ"])
def test_a_vague_group_is_known_to_say_nothing(resolvers: dict[str, TermResolver], text: str) -> None:
    found = resolvers["population_groups"].resolve(text)
    assert (found.id, found.method) == ("", "vague")


def test_an_ngo_that_does_not_say_whether_it_is_foreign_has_no_type(
    resolvers: dict[str, TermResolver],
) -> None:
    assert resolvers["organisation_types"].resolve("NGO").method == "vague"


def test_a_code_is_taken_as_it_is(resolvers: dict[str, TermResolver]) -> None:
    found = resolvers["services"].resolve(" mhpss_counselling ")
    assert (found.id, found.method, found.score) == ("mhpss_counselling", "code", 100.0)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("services", "Menntal health and psychosocial support", "mhpss"),
        ("services", "immunisaton", "immunisation"),
        ("services", "Generel Protection", "protection"),
        ("population_groups", "Returnes", "returnee"),
    ],
)
def test_a_slip_of_the_pen_is_forgiven(
    resolvers: dict[str, TermResolver], name: str, text: str, code: str
) -> None:
    found = resolvers[name].resolve(text)
    assert (found.id, found.method) == (code, "fuzzy")
    assert 92 <= found.score < 100


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("characteristics", "People without disabilities"),
        ("characteristics", "Women of non-reproductive age"),
        ("population_groups", "Internally displaced people not in camps"),
        ("population_groups", "Non-returnees"),
        ("services", "Unplanned surgery"),
        ("services", "Un-communicable diseases"),
        ("statuses", "Uncompleted"),
        ("organisation_types", "INGA"),
        ("services", "Helth"),
        ("population_groups", "IDPC"),
        ("services", "نەخۆشییە گوازراوکان"),
    ],
)
def test_a_likeness_that_may_mean_something_else_waits_for_a_person(
    resolvers: dict[str, TermResolver], name: str, text: str
) -> None:
    found = resolvers[name].resolve(text)
    assert (found.id, found.method) == ("", "none")
    assert found.candidates


def test_an_unknown_text_names_the_three_likest_codes(resolvers: dict[str, TermResolver]) -> None:
    found = resolvers["services"].resolve("Vaccination of poultry")
    scores = [score for _, score in found.candidates]
    assert found.id == ""
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert found.score == scores[0]


@pytest.mark.parametrize("text", ["", "  ", "-"])
def test_nothing_resolves_to_nothing(resolvers: dict[str, TermResolver], text: str) -> None:
    found = resolvers["services"].resolve(text)
    assert (found.id, found.method, found.candidates) == ("", "none", ())


def test_what_a_person_confirmed_goes_before_everything() -> None:
    tree = _tree(("a", "", "Alpha"), ("b", "", "Beta"))
    resolver = TermResolver(tree, _no_aliases(), {"ALPHA": "b", "omega": "a", "whatever": ""})
    assert resolver.resolve("alpha").id == "b"
    assert resolver.resolve("Omega").method == "confirmed"
    assert resolver.resolve("Whatever").method == "vague"


def test_what_was_confirmed_for_a_code_that_is_gone_is_asked_again() -> None:
    resolver = TermResolver(_tree(("a", "", "Alpha")), _no_aliases(), {"omega": "gone"})
    assert resolver.resolve("omega").method == "none"


def test_of_a_label_that_the_tree_has_twice_the_coarser_is_taken() -> None:
    tree = _tree(("below", "mid", "Care"), ("mid", "top", "Middle"), ("top", "", "Care"))
    assert TermResolver(tree, _no_aliases()).resolve("care").id == "top"


def _words(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["code", "text", "within"])


CARE = _tree(
    ("water", "", "Water"),
    ("water_kits", "water", "Soap kits"),
    ("shield", "", "Shield"),
    ("shield_talks", "shield", "Shield talks"),
    ("women", "", "Women"),
    ("women_talks", "women", "Women talks"),
)


@pytest.mark.parametrize(
    ("within", "code"), [("shield", "shield_talks"), ("women_talks", "women_talks"), ("", ""), ("water", "")]
)
def test_a_wording_of_two_headings_means_what_its_own_heading_says(within: str, code: str) -> None:
    words = _words(("shield_talks", "Talking", "shield"), ("women_talks", "Talking", "women"))
    assert TermResolver(CARE, words).resolve("talking", within).id == code


def test_an_area_of_responsibility_takes_the_words_of_its_cluster_after_its_own() -> None:
    words = _words(
        ("shield_talks", "Talking", "shield"),
        ("women_talks", "Talking", "women"),
        ("shield_talks", "Papers", "shield"),
    )
    resolver = TermResolver(CARE, words, areas={"women": "shield"})
    assert resolver.resolve("Talking", "women").id == "women_talks"
    assert resolver.resolve("Papers", "women").id == "shield_talks"
    assert resolver.is_within("women_talks", "shield") and not resolver.is_within("shield", "women")


def test_what_surely_means_something_else_is_not_forced_under_the_heading(
    resolvers: dict[str, TermResolver],
) -> None:
    assert resolvers["services"].resolve("Mental health services", "protection").id == "mhpss"
    assert resolvers["services"].resolve("Immunisation", "education").id == "immunisation"


def test_of_a_label_that_the_tree_has_twice_the_one_under_the_heading_is_taken() -> None:
    tree = _tree(("a", "", "Alpha"), ("b", "", "Beta"), ("a_kits", "a", "Kits"), ("b_kits", "b", "Kits"))
    resolver = TermResolver(tree, _no_aliases())
    assert resolver.resolve("kits", "b").id == "b_kits"
    assert resolver.resolve("kits", "a").id == "a_kits"


def test_of_two_slips_of_the_pen_the_heading_decides() -> None:
    tree = _tree(
        ("a", "", "Alpha"),
        ("b", "", "Beta"),
        ("a_x", "a", "Planned courses"),
        ("b_x", "b", "Planned coursed"),
    )
    resolver = TermResolver(tree, _no_aliases())
    assert resolver.resolve("Planned coursey").id == ""
    assert resolver.resolve("Planned coursey", "b").id == "b_x"
    assert resolver.resolve("Planned coursey", "b").method == "fuzzy"


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        ("Soap kits …", "Soap kits for the winter", True),
        ("Soap kits …", "No soap kits", False),
        ("… soap kits", "3 soap kits", True),
        ("… soap kits", "Soap kits lost", False),
        ("… soap kits …", "3 soap kits given", True),
        ("… soap kits …", "3 soap kitsch", False),
    ],
)
def test_a_phrase_is_read_in_whole_words_and_only_below_its_heading(
    phrase: str, text: str, fits: bool
) -> None:
    resolver = TermResolver(CARE, _words(("water_kits", phrase, "water")))
    found = resolver.resolve(text, "water")
    assert (found.id, found.method) == (("water_kits", "phrase") if fits else ("", "none"))
    assert resolver.resolve(text).method != "phrase"
    assert resolver.resolve(text, "shield").method != "phrase"


def test_of_several_phrases_the_longest_one_holds() -> None:
    words = _words(("water", "… kits …", "water"), ("water_kits", "… soap kits …", "water"))
    assert TermResolver(CARE, words).resolve("many soap kits too", "water").id == "water_kits"


@pytest.mark.parametrize("name", NAMES)
def test_every_phrase_names_the_heading_that_makes_it_sure(name: str) -> None:
    wordings = taxonomy.aliases(name)
    phrases = wordings[wordings["text"].str.contains("…")]
    assert (phrases["within"] != "").all()
    assert (phrases["text"].str.startswith("…") | phrases["text"].str.endswith("…")).all()
    assert not phrases["text"].str.strip("…").str.contains("…").any()
    assert set(wordings["within"]) <= {"", *taxonomy.load(name).codes}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Protection: Protection de l'enfant", "child_protection"),
        ("Protection: Violences basées sur le genre", "gbv"),
        ("Health / Primary health care", "primary_care"),
        ("Health : Health : Immunisation", "immunisation"),
        ("Health / WASH", ""),
        ("Health / goats", ""),
        ("Immunisation: Primary health care", ""),
    ],
)
def test_several_terms_in_one_text_are_taken_if_they_stand_on_one_line(
    resolvers: dict[str, TermResolver], text: str, code: str
) -> None:
    assert resolvers["services"].resolve(text).id == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12220", "primary_care"),
        ("12240", "nutrition"),
        ("12264", "outbreak"),
        ("13030", "srh_family_planning"),
        ("14031", "wash_water_supply"),
        ("14099", "wash"),
        ("140", "wash"),
        ("122", "health"),
        ("72050", "coordination_relief"),
        ("43010", "multi_sector_development"),
    ],
)
def test_a_purpose_code_of_the_dac_finds_its_node(
    resolvers: dict[str, TermResolver], text: str, code: str
) -> None:
    assert resolvers["services"].resolve(text).id == code


def test_a_dac_code_that_several_nodes_have_stands_for_the_lowest_above_them_all() -> None:
    tree = CARE.assign(dac_code=["", "10010", "", "10020", "", "10020"])
    resolver = TermResolver(tree, _words(("shield", "100", "")), areas={"women": "shield"})
    assert resolver.resolve("10010").id == "water_kits"
    assert resolver.resolve("10020").id == "shield"
    assert resolver.resolve("10030").id == "shield", "the group of three digits"
    assert resolver.resolve("10030").method == "dac"


@pytest.mark.parametrize("text", ["3555", "20815", "99999", "1.4.0", "1400"])
def test_other_numbers_are_no_dac_codes(resolvers: dict[str, TermResolver], text: str) -> None:
    assert resolvers["services"].resolve(text).method != "dac"


def test_sectors_not_specified_and_administrative_costs_say_nothing(
    resolvers: dict[str, TermResolver],
) -> None:
    assert {resolvers["services"].resolve(code).method for code in ("99810", "998", "91010", "910")} == {
        "vague"
    }


def test_one_wording_may_name_several_groups(resolvers: dict[str, TermResolver]) -> None:
    found = resolvers["population_groups"].resolve("Déplacés, retournés et familles hôtes")
    assert (found.id, found.method) == ("host;idp;returnee", "alias")


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("1.1.1 # of outpatients consultations (males under 18)", "health", "primary_care_outpatient"),
        ("1.2.1 # of children given DPT3", "health", "immunisation_routine"),
        ("9.9: # of subsidized mental health (MH) consultations", "health", "mhpss"),
        ("9.9_XYZ: # of persons receiving IUDs", "health", "srh_family_planning"),
        ("Coordination", "health", "system_coordination"),
        ("Coordination", "", "coordination"),
        ("Atención en salud sexual y reproductiva (lo que sea)", "health", "srh"),
        ("Gestión de casos", "gbv", "gbv_case_management"),
        (
            "Actividades de soluciones y talleres en soluciones duraderas",
            "protection",
            "recovery_durable_solutions",
        ),
        ("# of boys receiving case management", "child_protection", "child_protection_case_management"),
        ("99 kits", "wash", "wash_hygiene_kits"),
        ("99 kits", "health", ""),
        ("Case management", "", ""),
        ("Nutrition/immunization", "health", "health"),
        ("Violences basées sur le genre", "", "gbv"),
        ("Eau, Hygiène et Assainissement", "", "wash"),
        ("Alojamientos y Asentamientos", "", "shelter_nfi"),
    ],
)
def test_the_words_of_other_countries_find_their_service(
    resolvers: dict[str, TermResolver], text: str, within: str, code: str
) -> None:
    assert resolvers["services"].resolve(text, within).id == code


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("organisation_types", "ONG Nationale", "cso"),
        ("organisation_types", "ONG Internacional", "ingo"),
        ("organisation_types", "Naciones Unidas", "un"),
        ("statuses", "En cours", "ongoing"),
        ("statuses", "Finalizada", "completed"),
        ("statuses", "2", "ongoing"),
        ("population_groups", "Personnes déplacées internes (PDI)", "idp"),
        ("population_groups", "Víctimas de desplazamiento forzado", "idp"),
        ("population_groups", "IDP Retournes Communaute_locale EAFGA", "host;idp;returnee"),
        ("population_groups", "FEFA", ""),
        ("characteristics", "FEFA", "pregnant_lactating"),
        ("characteristics", "Enfants/FEFA", "children;pregnant_lactating"),
        ("functions", "En nature", "direct_support"),
        ("functions", "تقديم الخدمات", "direct_support"),
    ],
)
def test_other_words_of_french_and_spanish_forms_are_known(
    resolvers: dict[str, TermResolver], name: str, text: str, code: str
) -> None:
    found = resolvers[name].resolve(text)
    assert found.id == code
    assert found.method != "none"


def test_a_thousand_unknown_texts_take_seconds(resolvers: dict[str, TermResolver]) -> None:
    began = time.perf_counter()
    for number in range(1_000):
        resolvers["services"].resolve(
            f"painting of {number} goats and camels in village {number * 7}", "health"
        )
    assert time.perf_counter() - began < 10
