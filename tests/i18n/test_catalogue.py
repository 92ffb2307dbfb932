"""The same words in English, Arabic and Sorani."""

import re

import pytest

from csomap.i18n import LANGUAGES

from .catalogues import ARABIC_LETTER, Words, categories, entries, forms, placeholders, topics

TRANSLATED = [lang for lang in LANGUAGES if lang != "en"]
WORDS: dict[str, dict[str, Words]] = {lang: entries(lang) for lang in LANGUAGES}

# Languages are written as their own readers write them, wherever the name stands.
OWN_NAMES = {f"frame.languages.{lang}" for lang in LANGUAGES}

# Names of files, licences and publishers, which are written in Latin letters.
TECHNICAL = OWN_NAMES | {
    "about.source.boundaries_default.who",
    "about.source.organisations.licence",
    "about.source.places.licence",
    "about.source.sample.licence",
    "about.source.services.licence",
    "import.template_name",
}

# The word for a thing is one and the same everywhere (a part of it, so that it may be inflected).
GLOSSARY = {
    r"\boverlap": {"ar": "تداخل|يتداخل", "ckb": "بەیەکداچو"},
    r"\bgaps?\b": {"ar": "فجو", "ckb": "بۆشایی"},
    r"\bno data\b": {"ar": "لا توجد بيانات|بلا بيانات", "ckb": "داتا نییە|بێ داتا"},
    r"\bgovernorates?\b": {"ar": "محافظ", "ckb": "پارێزگا"},
    r"(?<!sub-)\bdistricts?\b": {"ar": "قضا|أقضي", "ckb": "قەزا"},
    r"\bsub-districts?\b": {"ar": "ناحية|نواح", "ckb": "ناحی"},
    r"\bfunders?\b": {"ar": "ممول", "ckb": "پارەدەر"},
    r"\bverdicts?\b": {"ar": "قرار", "ckb": "بڕیار"},
}


def _shown(words: Words) -> str:
    """Return a form in which the words are complete."""
    return words["other"] if isinstance(words, dict) else words


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_translation_has_the_same_files_and_the_same_keys(lang: str) -> None:
    assert set(topics(lang)) == set(topics("en"))
    assert set(WORDS[lang]) == set(WORDS["en"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_key_stands_in_one_file_only(lang: str) -> None:
    heads = [head for content in topics(lang).values() for head in content]
    assert len(heads) == len(set(heads))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_are_empty(lang: str) -> None:
    told = [(key, form) for key, words in WORDS[lang].items() for _, form in forms(words)]
    assert [key for key, form in told if not isinstance(form, str) or not form.strip()] == []
    assert [key for key, form in told if form != form.strip()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_plural_has_exactly_the_categories_of_its_language(lang: str) -> None:
    counted = {key: set(words) for key, words in WORDS[lang].items() if isinstance(words, dict)}
    assert {key: found for key, found in counted.items() if found != categories(lang)} == {}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_what_is_counted_in_english_is_counted_in_every_language(lang: str) -> None:
    counted = {key for key, words in WORDS["en"].items() if isinstance(words, dict)}
    assert {key for key, words in WORDS[lang].items() if isinstance(words, dict)} == counted


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_has_the_placeholders_of_the_english_words(lang: str) -> None:
    told = [(key, *form) for key, words in WORDS[lang].items() for form in forms(words)]
    wrong = [
        (key, category, form)
        for key, category, form in told
        if not _needed(key, category) <= placeholders(form) <= _given(key)
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_translated_words_are_in_the_script_of_their_language(lang: str) -> None:
    wordless = {key for key, words in WORDS["en"].items() if not _letters(_shown(words))}
    latin = [
        key
        for key, words in WORDS[lang].items()
        if key not in TECHNICAL | wordless
        if not all(ARABIC_LETTER.search(form) for _, form in forms(words))
    ]
    assert latin == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_english_sentence_is_left_in_a_translation(lang: str) -> None:
    left = re.compile(r"[A-Za-z]{2,}(?:,? [A-Za-z]{2,}){3,}")
    told = [(key, form) for key, words in WORDS[lang].items() for _, form in forms(words)]
    assert [(key, form) for key, form in told if left.search(re.sub(r"`[^`]*`", "", form))] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_commas_and_question_marks_are_those_of_the_script(lang: str) -> None:
    foreign = re.compile(r"[\u0621-\u06D5]\s*[,;?]")
    told = [(key, form) for key, words in WORDS[lang].items() for _, form in forms(words)]
    assert [(key, form) for key, form in told if foreign.search(form)] == []


@pytest.mark.parametrize(("lang", "letters"), [("ckb", "يكةىأإآؤثذصضطظ"), ("ar", "یکەۆێڕڵپچژگڤ")])
def test_letters_of_the_other_language_do_not_slip_in(lang: str, letters: str) -> None:
    told = [(key, form) for key, words in WORDS[lang].items() for _, form in forms(words)]
    assert [(key, form) for key, form in told if key not in OWN_NAMES and set(form) & set(letters)] == []


@pytest.mark.parametrize("lang", TRANSLATED)
@pytest.mark.parametrize("english", GLOSSARY)
def test_one_thing_has_one_word(english: str, lang: str) -> None:
    named = [key for key, words in WORDS["en"].items() if re.search(english, _prose(words), re.I)]
    wanted = re.compile(GLOSSARY[english][lang])
    assert [key for key in named if not wanted.search(_prose(WORDS[lang][key]))] == []


def test_an_overlap_is_never_called_a_duplication_in_arabic() -> None:
    named = [key for key, words in WORDS["en"].items() if re.search(r"\boverlap", _prose(words), re.I)]
    accused = re.compile("ازدواج|مكرر|تكرار")
    innocent = [key for key in named if "duplicat" not in _prose(WORDS["en"][key]).lower()]
    assert [key for key in innocent if accused.search(_prose(WORDS["ar"][key]))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_fields_of_a_file_have_the_same_name(lang: str) -> None:
    fields = [words for key, words in WORDS[lang].items() if key.startswith("field.")]
    assert len(fields) == len(set(map(str, fields))) > 0


def _given(key: str) -> set[str]:
    """Return all that the code can say to the words of a key."""
    return {name for _, form in forms(WORDS["en"].get(key, "")) for name in placeholders(form)}


def _needed(key: str, category: str) -> set[str]:
    """Return what every form must tell; one or two may be a word, and none or one day has no end."""
    words = WORDS["en"].get(key, "")
    if category in ("zero", "one", "two"):
        return placeholders(words["one"]) - {"n", "end"} if isinstance(words, dict) else set()
    return placeholders(_shown(words))


def _prose(words: Words) -> str:
    """Return the words without placeholders, commands and file names."""
    return re.sub(r"`[^`]*`|\{[^}]*\}|[\w/-]*[/_][\w/.-]*", "", _shown(words))


def _letters(words: str) -> str:
    return re.sub(r"[\W\d_]", "", re.sub(r"\{[^}]*\}", "", words))
