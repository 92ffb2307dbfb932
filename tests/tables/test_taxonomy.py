"""The terms are complete in three languages, and the trees answer as semantics.md says."""

from pathlib import Path

import pytest

from csomap.errors import BadInput, BadReference
from csomap.i18n import LANGUAGES
from csomap.tables import taxonomy
from csomap.tables.taxonomy import NAMES, Taxonomy

LATIN = set("abcdefghijklmnopqrstuvwxyz")
SORANI_ONLY = set("ێۆەڕڵڤ")
ARABIC_KEYBOARD = set("يكىةهٔ") - set("ه")
PERSIAN_KEYBOARD = set("یکەێۆڕڵڤگچپژ")

# What files of other countries and of IATI also tell of.
DAC_SECTORS = {
    *("social_protection", "governance", "recovery", "coordination", "economy", "environment"),
    "multi_sector_development",
}

HEADER = "code,parent,level,label_en,label_ar,label_ckb,definition_en,dac_code,sensitive,source,review"


@pytest.fixture(scope="module")
def services() -> Taxonomy:
    return taxonomy.load("services")


def _under_health(services: Taxonomy, level: str) -> list[str]:
    return [code for code in services.descendants("health") if services.level(code) == level]


def _file(folder: Path, *rows: str) -> Path:
    path = folder / "services.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_every_term_has_words_in_three_languages_and_a_definition(name: str) -> None:
    frame = taxonomy.load(name).frame
    for lang in LANGUAGES:
        assert frame[f"label_{lang}"].str.strip().all()
    assert frame["definition_en"].str.endswith(".").all()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_terms_of_a_tree_have_the_same_words(name: str, lang: str) -> None:
    labels = taxonomy.load(name).frame[f"label_{lang}"]
    assert list(labels[labels.duplicated()]) == []


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_written_with_the_letters_of_their_language(name: str) -> None:
    frame = taxonomy.load(name).frame
    for label in frame["label_ar"]:
        assert not set(label.lower()) & (LATIN | PERSIAN_KEYBOARD), label
    for label in frame["label_ckb"]:
        assert not set(label.lower()) & (LATIN | ARABIC_KEYBOARD), label


@pytest.mark.parametrize("name", NAMES)
def test_no_label_holds_the_sign_that_joins_lists(name: str) -> None:
    frame = taxonomy.load(name).frame
    assert not any(frame[f"label_{lang}"].str.contains(";").any() for lang in LANGUAGES)


def test_sorani_labels_use_every_letter_that_only_sorani_has(services: Taxonomy) -> None:
    assert set("".join(services.frame["label_ckb"])) >= SORANI_ONLY


def test_the_sectors_are_those_of_the_iraq_response_of_the_undp_project_and_of_the_dac(
    services: Taxonomy,
) -> None:
    assert set(services.children("")) == {
        "health",
        "wash",
        "protection",
        "gbv",
        "child_protection",
        "education",
        "livelihoods",
        "food_security",
        "shelter_nfi",
        "cccm",
        "cash",
        "human_rights",
        "anti_corruption",
        "public_services",
        "participation",
        *DAC_SECTORS,
    }


def test_health_has_70_to_120_services_under_at_least_16_topics(services: Taxonomy) -> None:
    topics = _under_health(services, "topic")
    with_services = [topic for topic in topics if services.children(topic)]
    assert len(topics) >= 16
    assert len(with_services) >= 10
    assert 70 <= len(_under_health(services, "service")) <= 120


def test_services_for_survivors_and_for_hiv_are_sensitive(services: Taxonomy) -> None:
    named = {"srh_clinical_rape", "mhpss_survivors", "communicable_hiv", "protection_case_management"}
    assert all(services.is_sensitive(code) for code in named | set(services.descendants("gbv")))
    assert not any(services.is_sensitive(code) for code in ("health", "mhpss", "communicable", "srh"))


def test_whatever_speaks_of_survivors_rape_or_hiv_is_sensitive(services: Taxonomy) -> None:
    words = ("survivor", "rape", "hiv", "gbv")
    speaking = [c for c in services.codes if any(word in services.label(c).lower().split() for word in words)]
    assert speaking
    assert all(services.is_sensitive(code) for code in speaking)


def test_survivors_and_people_with_hiv_are_sensitive_characteristics() -> None:
    people = taxonomy.load("characteristics")
    sensitive = {code for code in people.codes if people.is_sensitive(code)}
    assert sensitive == {"gbv_survivors", "conflict_survivors", "people_with_hiv"}


def test_a_mark_on_a_sector_holds_for_all_below_it(tmp_path: Path) -> None:
    rows = ("a,,sector,A,أ,ئا,A.,,yes,x,", "b,a,topic,B,ب,ب,B.,,,x,")
    assert taxonomy.read(_file(tmp_path, *rows)).is_sensitive("b")


def test_population_groups_are_those_of_the_contract() -> None:
    groups = taxonomy.load("population_groups")
    assert groups.descendants("all") == groups.codes
    assert groups.children("idp") == ("idp_camp", "idp_out_of_camp")
    assert set(groups.children("all")) == {"host", "idp", "returnee", "refugee"}


def test_main_functions_and_organisation_types_are_those_of_the_contract() -> None:
    functions = taxonomy.load("functions").children("")
    assert functions == ("direct_support", "advocacy", "policy", "governance")
    types = set(taxonomy.load("organisation_types").codes)
    assert types == {"cso", "ingo", "un", "government", "academic", "donor", "private", "other"}


@pytest.mark.parametrize("name", NAMES)
def test_every_other_wording_points_to_a_code_or_to_nothing(name: str) -> None:
    wordings = taxonomy.aliases(name)
    assert len(wordings) > 0
    codes = wordings["code"].str.split(";").explode()
    assert set(codes) <= {*taxonomy.load(name).codes, ""}
    assert set(wordings["lang"]) - {"fr", "es"} == set(LANGUAGES)
    assert wordings["text"].str.strip().all()


def test_only_groups_of_people_have_wordings_that_name_several() -> None:
    several = {name for name in NAMES if taxonomy.aliases(name)["code"].str.contains(";").any()}
    assert several == {"population_groups", "characteristics"}


def test_several_codes_of_a_wording_are_sorted_and_distinct() -> None:
    for name in NAMES:
        for codes in taxonomy.aliases(name)["code"].str.split(";"):
            assert codes == sorted(set(codes))


def test_a_service_rolls_up_and_a_coarser_one_stays(services: Taxonomy) -> None:
    assert services.at_level("mhpss_counselling", "service") == "mhpss_counselling"
    assert services.at_level("mhpss_counselling", "topic") == "mhpss"
    assert services.at_level("mhpss_counselling", "sector") == "health"
    assert services.at_level("health", "topic") == "health"


def test_ancestors_are_strict_and_nearest_first(services: Taxonomy) -> None:
    assert services.ancestors("mhpss_counselling") == ("mhpss", "health")
    assert services.ancestors("health") == ()
    assert services.parent("health") == ""


def test_descendants_begin_with_the_code_itself(services: Taxonomy) -> None:
    below = services.descendants("mhpss")
    assert below[0] == "mhpss"
    assert set(below[1:]) == set(services.children("mhpss"))


def test_labels_come_in_the_language_asked_for_and_else_in_english(services: Taxonomy) -> None:
    assert services.label("health", "ar") == "الصحة"
    assert services.label("health", "ckb") == "تەندروستی"
    assert services.label("health", "fr") == "Health"


def test_the_table_of_a_taxonomy_cannot_be_changed_from_outside(services: Taxonomy) -> None:
    table = services.frame
    table.loc[0, "label_en"] = "changed"
    assert services.frame.loc[0, "label_en"] == "Health"


@pytest.mark.parametrize("ask", ["label", "parent", "ancestors", "descendants", "level", "is_sensitive"])
def test_an_unknown_code_is_refused_and_the_nearest_are_named(services: Taxonomy, ask: str) -> None:
    with pytest.raises(BadInput) as refused:
        getattr(services, ask)("mhpss_counseling")
    assert refused.value.values["nearest"].split(", ")[0] == "mhpss_counselling"


def test_an_unknown_level_or_taxonomy_is_refused(services: Taxonomy) -> None:
    with pytest.raises(BadInput):
        services.at_level("mhpss", "cluster")
    with pytest.raises(BadInput):
        taxonomy.load("themes")


def test_a_broken_file_is_refused_once_with_all_its_faults(tmp_path: Path) -> None:
    rows = (
        "a,,sector,A,أ,ئا,A.,,,x,",
        "a,,sector,A2,أ,ئا,A.,,,x,",
        "b,lost,topic,B,ب,,B.,,,x,",
        "c,d,service,C,ج,ج,C.,123,,x,",
        "d,c,service,D,د,د,D.,,maybe,x,",
        "e,a,service,E,ه,ە,E.,,,x,fr",
    )
    with pytest.raises(BadReference) as refused:
        taxonomy.read(_file(tmp_path, *rows))
    faults = refused.value.values["faults"]
    assert refused.value.values["file"] == "services.csv"
    for told in (
        "code 'a': twice",
        "label_ckb '': empty",
        "dac_code '123': not five digits",
        "sensitive 'maybe'",
        "review 'fr'",
        "b: unknown parent 'lost'",
        "c: cycle",
        "d: cycle",
        "e: level 'service' under 'a'",
    ):
        assert told in faults


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    path.write_text("code,label_en\na,A\n", encoding="utf-8")
    with pytest.raises(BadReference) as refused:
        taxonomy.read(path)
    assert "'parent'" in refused.value.values["faults"]
