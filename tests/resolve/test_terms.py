"""Words that coordinators write find their code, in three languages, and doubtful ones wait for a person."""

from collections import defaultdict

import pandas as pd
import pytest

from csomap.i18n import LANGUAGES
from csomap.resolve.normalise import normalise
from csomap.resolve.terms import TermResolver
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
    return {name: TermResolver(taxonomy.load(name).frame, taxonomy.aliases(name)) for name in NAMES}


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
        assert resolvers[name].resolve(alias.text).id == alias.code, alias.text


@pytest.mark.parametrize("name", NAMES)
def test_no_wording_stands_for_two_codes(name: str) -> None:
    tree, wordings = taxonomy.load(name), taxonomy.aliases(name)
    meant = defaultdict(set)
    for text, code in zip(wordings["text"], wordings["code"], strict=True):
        meant[normalise(text).replace(" ", "")].add(code)
    for code in tree.codes:
        for text in (code, *(tree.label(code, lang) for lang in LANGUAGES)):
            meant[normalise(text).replace(" ", "")].add(code)
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
