import time
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from csomap.resolve import PlaceResolver, Resolution
from csomap.settings import GEO


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(GEO / name, dtype=str, keep_default_na=False)


PLACES, ALIASES, NEVER = table("places.csv"), table("place_aliases.csv"), table("never_match.csv")
IRAQ = PlaceResolver(PLACES, ALIASES, NEVER)
LEVEL = dict(zip(PLACES["pcode"], PLACES["level"].astype(int), strict=True))


@pytest.mark.parametrize(
    ("text", "pcode"),
    [
        ("Arbil", "IQG11"),
        ("Irbil", "IQG11"),
        ("Hawler", "IQG11"),
        ("Hewlêr", "IQG11"),
        ("أربيل", "IQG11"),
        ("هەولێر", "IQG11"),
        ("پارێزگای ھەولێر", "IQG11"),
        ("Babel", "IQG07"),
        ("Babylon", "IQG07"),
        ("Dahuk", "IQG09"),
        ("Dohuk", "IQG09"),
        ("دهۆک", "IQG09"),
        ("Slemani", "IQG06"),
        ("Sulaimaniyah", "IQG06"),
        ("As-Sulaymaniyah", "IQG06"),
        ("سلێمانی", "IQG06"),
        ("Salahadeen", "IQG16"),
        ("Salah ad-Din", "IQG16"),
        ("محافظة صلاح الدين", "IQG16"),
        ("Nineveh", "IQG15"),
        ("Ninawa", "IQG15"),
        ("نینوی", "IQG15"),
        ("Mosul governorate", "IQG15"),
        ("Dhi Qar", "IQG17"),
        ("Thi-Qar", "IQG17"),
        ("ذي قار", "IQG17"),
        ("Missan", "IQG14"),
        ("Wasit", "IQG18"),
        ("Diwaniyah", "IQG05"),
        ("Al Qadisiyah", "IQG05"),
        ("Karbalaa", "IQG12"),
        ("کەربەلا", "IQG12"),
        ("Alanbar", "IQG01"),
        ("Anbar Gov.", "IQG01"),
        ("Governorate of Basra", "IQG02"),
        ("Nasiriyah", "IQG17Q04"),
        ("الناصرية", "IQG17Q04"),
        ("Mosul", "IQG15Q05"),
        ("الموصل", "IQG15Q05"),
        ("مووسڵ", "IQG15Q05"),
        ("Fallujah", "IQG01Q01"),
        ("Ramadi", "IQG01Q03"),
        ("Hit", "IQG01Q07"),
        ("Al Qa'im", "IQG01Q02"),
        ("Ana", "IQG01Q05"),
        ("Shingal", "IQG15Q07"),
        ("Shengal", "IQG15Q07"),
        ("شەنگال", "IQG15Q07"),
        ("Tal Afar", "IQG15Q08"),
        ("تل عفر", "IQG15Q08"),
        ("Telkaif", "IQG15Q09"),
        ("Akre", "IQG15Q01"),
        ("ئاکرێ", "IQG15Q01"),
        ("Amedi", "IQG09Q01"),
        ("Halabja governorate", "IQG06Q05"),
        ("هەڵەبجە", "IQG06Q05"),
        ("Bayji", "IQG16Q03"),
        ("Tuz Khurmatu", "IQG16Q07"),
        ("Makhmur", "IQG11Q04"),
        ("Balad Ruz", "IQG10Q03"),
        ("بلدروز", "IQG10Q03"),
        ("Ba'qubah", "IQG10Q04"),
        ("Sadr City", "IQG08Q07"),
        ("مدينة الصدر", "IQG08Q07"),
        ("Suq al-Shuyukh", "IQG17Q05"),
        ("Faw", "IQG02Q03"),
        ("قضاء الزبير", "IQG02Q06"),
        ("Basrah City", "IQG02Q02"),
        ("Kufah", "IQG04Q01"),
        ("Rawa", "IQG01Q05N02"),
        ("Umm Qasr", "IQG02Q06N03"),
        ("Abu Ghraib", "IQG08Q02N02"),
        ("Al Taji", "IQG08Q02N05"),
        ("مندلي", "IQG10Q03N01"),
        ("Najaf Center", "IQG04Q03N03"),
        ("مركز قضاء النجف", "IQG04Q03N03"),
    ],
)
def test_a_coordinators_spelling_finds_its_place(text: str, pcode: str) -> None:
    assert IRAQ.resolve(text).id == pcode


def test_every_name_and_alias_finds_its_own_place_at_its_level() -> None:
    names = PLACES.melt("pcode", ["name_en", "name_ar", "name_ckb"], value_name="alias")
    spellings = pd.concat([names, ALIASES])[["pcode", "alias"]].query("alias != ''")
    lost = [
        (code, text)
        for code, text in spellings.itertuples(index=False)
        if IRAQ.resolve(text, LEVEL[code]).id != code
    ]
    assert lost == []


@pytest.mark.parametrize("text", NEVER["text"])
def test_what_is_no_place_in_iraq_resolves_to_nothing(text: str) -> None:
    answers = [IRAQ.resolve(text), *(IRAQ.resolve(text, level) for level in (1, 2, 3))]
    assert {(answer.id, answer.method) for answer in answers} == {("", "never")}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "?",
        "12",
        "Allepo",
        "Aleppo governorate",
        "Kurdistann",
        "Ninewa, Anbar",
        "Mosul / Erbil",
        "Hassansham",
    ],
)
def test_what_it_does_not_know_it_refuses(text: str) -> None:
    assert IRAQ.resolve(text).id == ""


@pytest.mark.parametrize("text", ["IQG15Q05", "iqg15q05", " iqG15q05 "])
def test_a_code_is_taken_in_any_case(text: str) -> None:
    assert IRAQ.resolve(text) == Resolution(text, "IQG15Q05", "code", 100.0, (("IQG15Q05", 100.0),))


def test_a_code_that_does_not_exist_is_refused() -> None:
    assert IRAQ.resolve("IQG15Q99").id == ""


def test_a_code_of_another_level_or_area_is_refused() -> None:
    assert IRAQ.resolve("IQG15Q05", level=1).id == ""
    assert IRAQ.resolve("IQG15Q05", within="IQG01").id == ""


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("Al-Mosul", "exact"),
        ("هەولێر", "exact"),
        ("Telkaif", "alias"),
        ("El Basra", "stripped"),
        ("Sinjar Qadha", "stripped"),
        ("Hamdanija", "fuzzy"),
        ("Aleppo", "never"),
        ("Hassansham", "none"),
    ],
)
def test_it_says_how_it_decided(text: str, method: str) -> None:
    assert IRAQ.resolve(text).method == method


@pytest.mark.parametrize(
    ("level", "pcode"), [(None, "IQG02"), (1, "IQG02"), (2, "IQG02Q02"), (3, "IQG02Q02N02")]
)
def test_basrah_without_a_level_claims_no_more_than_the_governorate(level: int | None, pcode: str) -> None:
    assert IRAQ.resolve("Basrah", level).id == pcode


def test_the_level_in_the_text_counts_too() -> None:
    assert IRAQ.resolve("Basra district").id == "IQG02Q02"
    assert IRAQ.resolve("محافظة الديوانية").id == "IQG05"
    assert IRAQ.resolve("Sinjar governorate").id == ""


def test_within_decides_between_namesakes() -> None:
    assert IRAQ.resolve("Salah al-Din").id == "IQG16"
    assert IRAQ.resolve("Salah al-Din", within="IQG11").id == "IQG11Q06N02"
    assert IRAQ.resolve("Najaf", within="IQG04Q03").id == "IQG04Q03"


def test_a_known_name_in_the_wrong_area_is_refused_and_shown() -> None:
    answer = IRAQ.resolve("Mosul", within="IQG01")
    assert answer.id == ""
    assert answer.candidates[0] == ("IQG15Q05", 100.0)


def test_a_known_name_is_never_taken_for_a_look_alike_of_another_level() -> None:
    assert IRAQ.resolve("Wasit", level=2).id == ""
    assert IRAQ.resolve("الناصرية", level=1).id == ""


def test_a_districts_centre_answers_only_when_it_is_asked_for() -> None:
    assert IRAQ.resolve("Fallujah").id == "IQG01Q01"
    assert IRAQ.resolve("Fallujah", level=3).id == "IQG01Q01N03"
    assert IRAQ.resolve("Markaz Faluja").id == "IQG01Q01N03"
    assert IRAQ.resolve("Wasit center").id == ""


def test_soran_is_known_to_lie_in_rawanduz_but_not_to_be_its_centre() -> None:
    assert IRAQ.resolve("Soran").id == "IQG11Q05"
    assert IRAQ.resolve("Soran", level=3).id == ""


@pytest.mark.parametrize(
    ("text", "within", "pcode"),
    [("Hamdanija", None, "IQG15Q03"), ("Sulaymanija", None, "IQG06"), ("Sinajr", "IQG15", "")],
)
def test_a_slip_of_the_keyboard_is_forgiven_if_it_is_small(text: str, within: str | None, pcode: str) -> None:
    answer = IRAQ.resolve(text, within=within)
    assert (answer.id, answer.method) == (pcode, "fuzzy" if pcode else "none")
    assert (90 <= answer.score < 100) == bool(pcode)


@pytest.mark.parametrize(
    ("text", "level", "within", "pcode"),
    [
        ("Zakhoo", None, "IQG09", "IQG09Q04"),
        ("Sinjaar", None, "IQG15", "IQG15Q07"),
        ("السليمانيا", None, None, "IQG06"),
        ("Dhi Kar", 1, None, "IQG17"),
        ("Xaneqin", 2, "IQG10", "IQG10Q05"),
        ("Mukdadiya", 2, "IQG10", "IQG10Q02"),
        ("سوگ الشيوخ", 2, "IQG17", "IQG17Q05"),
    ],
)
def test_another_transliteration_of_the_same_sound_is_the_same_place(
    text: str, level: int | None, within: str | None, pcode: str
) -> None:
    assert IRAQ.resolve(text, level, within).id == pcode


@pytest.mark.parametrize(
    ("text", "level", "within"),
    [
        ("Salah", 1, None),
        ("Hama", 1, None),
        ("Basdad", 1, None),
        ("Dora", None, None),
        ("Dora", 2, "IQG08"),
        ("Kuwait", 1, None),
        ("الكويت", 1, None),
        ("الرقة", 1, None),
        ("Sumer 2", 3, "IQG05"),
        ("Falougha", None, None),
        ("El Kahale", None, None),
    ],
)
def test_a_sound_that_is_short_or_known_elsewhere_proves_nothing(
    text: str, level: int | None, within: str | None
) -> None:
    assert IRAQ.resolve(text, level, within).id == ""


@pytest.mark.parametrize(
    ("text", "pcode"),
    [
        ("Mosul, Ninewa", "IQG15Q05"),
        ("Ninewa - Mosul", "IQG15Q05"),
        ("Sinjar (Ninewa)", "IQG15Q07"),
        ("Baghdad Al-Karkh", "IQG08Q03"),
        ("الموصل، نينوى", "IQG15Q05"),
        ("Anbar / Ninewa", ""),
        ("Najaf, Kufa", ""),
        ("Erbil, Salah al-Din", ""),
        ("Erbil & Salah al-Din", ""),
        ("Mosul, Aleppo", ""),
        ("Kirkuk General Hospital", ""),
        ("one of the many long sentences that people write into a cell for Mosul and around it", ""),
    ],
)
def test_a_place_with_its_area_is_read_and_a_list_of_places_is_not(text: str, pcode: str) -> None:
    assert IRAQ.resolve(text).id == pcode


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("amarra", "Samarra and Amara are both near"),
        ("Al Hawra", "a quarter of Kerbala, near Al-Thawra"),
        ("Al Karamah", "a quarter of many towns, near Al-Garma"),
        ("Bahar", "a quarter of Erbil, near Al-Bahhar"),
        ("Hamdanija 2", "a number makes it another place"),
        ("Kot", "too short"),
        ("زيديه", "one Arabic letter more or less is another word"),
        ("Deir ez Zorr", "nearer to a place in Syria"),
    ],
)
def test_a_near_name_is_refused_when(text: str, why: str) -> None:
    assert IRAQ.resolve(text).id == "", why


def test_a_slip_that_is_nearly_as_like_to_another_place_is_refused() -> None:
    assert IRAQ.resolve("Al-Haqaniya").id == ""
    assert PlaceResolver(PLACES, ALIASES, NEVER, lead=1.0).resolve("Al-Haqaniya").id == "IQG01Q06N01"


def test_a_look_alike_is_sought_in_its_own_script_only() -> None:
    latin = PlaceResolver(PLACES.assign(name_ar="", name_ckb=""), ALIASES.iloc[:0], NEVER)
    assert latin.resolve("السليمانية") == Resolution("السليمانية", "", "none", 0.0, ())


def test_strict_thresholds_of_the_caller_hold() -> None:
    strict = PlaceResolver(PLACES, ALIASES, NEVER, accept=99)
    far = PlaceResolver(PLACES, ALIASES, NEVER, lead=60)
    assert IRAQ.resolve("Hamdanija").id == "IQG15Q03"
    assert strict.resolve("Hamdanija").id == far.resolve("Hamdanija").id == ""


def village(pcode: str, level: int, name: str) -> dict[str, object]:
    parent = {1: "IQ", 2: pcode[:5], 3: pcode[:8]}[level]
    return {"pcode": pcode, "level": level, "parent": parent, "name_en": name, "name_ar": "", "name_ckb": ""}


def test_one_name_in_two_districts_waits_for_a_person() -> None:
    rows = [("IQG01", 1, "Ard"), ("IQG01Q01N01", 3, "Al-Salam"), ("IQG01Q02N01", 3, "Al-Salam")]
    resolver = PlaceResolver(pd.DataFrame([village(*row) for row in rows]), ALIASES.iloc[:0], NEVER)
    answer = resolver.resolve("Al Salam")
    assert (answer.id, answer.method) == ("", "none")
    assert answer.candidates[:2] == (("IQG01Q01N01", 100.0), ("IQG01Q02N01", 100.0))
    assert resolver.resolve("Al Salam", within="IQG01Q02").id == "IQG01Q02N01"


def test_what_a_person_confirmed_overrules_the_lists() -> None:
    confirmed = {"Basrah": "IQG02Q02", "The North": "IQG15", "Camp K-17": "IQG13Q02"}
    taught = PlaceResolver(PLACES, ALIASES, NEVER, confirmed)
    assert [taught.resolve(text).id for text in confirmed] == list(confirmed.values())
    assert taught.resolve("camp k 17").method == "confirmed"
    assert taught.resolve("Basrah", level=1).id == "IQG02"


def test_what_a_person_said_of_a_text_in_one_area_holds_there_only() -> None:
    taught = PlaceResolver(PLACES, ALIASES, NEVER, {("Karama", "IQG15"): "IQG15Q05", ("Mosul", "IQG01"): ""})
    assert taught.resolve("Karama", within="IQG15").id == "IQG15Q05"
    assert taught.resolve("Karama", level=3, within="IQG15Q05").method == "confirmed"
    assert taught.resolve("Karama", within="IQG08").id == taught.resolve("Karama").id == ""
    assert taught.resolve("Mosul", within="IQG01").method == "not_a_place"
    assert taught.resolve("Mosul").id == "IQG15Q05"


def test_of_two_decisions_on_a_text_that_of_the_narrower_area_holds() -> None:
    taught = PlaceResolver(
        PLACES, ALIASES, NEVER, {("Reed Quay", "IQG15"): "IQG15Q03", ("Reed Quay", "IQG15Q05"): "IQG15Q05N03"}
    )
    assert taught.resolve("Reed Quay", within="IQG15Q05").id == "IQG15Q05N03"
    assert taught.resolve("Reed Quay", within="IQG15").id == "IQG15Q03"


def test_what_a_person_said_of_a_text_in_an_area_may_lie_elsewhere() -> None:
    taught = PlaceResolver(PLACES, ALIASES, NEVER, {("Mosul", "IQG01"): "IQG15Q05"})
    found = taught.resolve("Mosul", level=3, within="IQG01Q01")
    assert (found.id, found.method) == ("IQG15Q05", "confirmed")


def test_a_text_that_a_person_called_no_place_is_none_and_offers_none() -> None:
    taught = PlaceResolver(PLACES, ALIASES, NEVER, {"Head office": "", "Mosul": ""})
    assert taught.resolve("head OFFICE") == Resolution("head OFFICE", "", "not_a_place", 100.0)
    assert taught.resolve("Mosul", level=2, within="IQG15").method == "not_a_place"


def test_a_decision_of_another_level_than_the_column_holds_where_nothing_else_is_known() -> None:
    taught = PlaceResolver(PLACES, ALIASES, NEVER, {"The Plains": "IQG15Q03", "Nationwide": "IQG15Q05"})
    assert taught.resolve("The Plains", level=1).id == "IQG15Q03"
    assert taught.resolve("Nationwide", level=1).id == "IQG15Q05"
    assert taught.resolve("The Plains", within="IQG08").id == ""


def test_a_decision_for_a_code_that_is_gone_is_a_question_again() -> None:
    taught = PlaceResolver(PLACES, ALIASES, NEVER, {"The Plains": "IQG99"})
    assert taught.resolve("The Plains").id == ""


@given(st.text(max_size=20), st.sampled_from([None, 1, 2, 3]), st.sampled_from([None, "IQG15", "IQG11Q05"]))
def test_an_answer_always_lies_where_it_was_asked_for(
    text: str, level: int | None, within: str | None
) -> None:
    answer = IRAQ.resolve(text, level, within)
    scores = [score for _, score in answer.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    if answer.id:
        assert level in (None, LEVEL[answer.id])
        assert answer.id.startswith(within or "")


def test_candidates_are_given_with_every_refusal() -> None:
    answer = IRAQ.resolve("Hamdan Village", level=2)
    assert answer.id == ""
    assert 3 <= len(answer.candidates) <= 5
    assert answer.score == answer.candidates[0][1]


def test_many_texts_take_less_than_half_the_time_of_comparing_each_with_every_name() -> None:
    texts = [f"{name}{end}" for end in ("", "x") for name in ALIASES["alias"]][-500:]
    names = list(ALIASES["alias"])
    ours = _seconds(lambda: [IRAQ.resolve(text) for text in texts])
    plain = _seconds(lambda: [process.extractOne(text, names, scorer=fuzz.token_set_ratio) for text in texts])
    assert ours < plain / 2


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
