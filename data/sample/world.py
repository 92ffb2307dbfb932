"""The places, terms and organisations that the sample speaks of, and how they may be written."""

import csv
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from math import cos, hypot, radians
from pathlib import Path

HERE = Path(__file__).resolve().parent
TAXONOMIES = HERE.parent / "taxonomies"
PLACES = HERE.parents[1] / "geo" / "places.csv"

LANGUAGES = ("en", "ar", "ckb")
FICTIONAL = {"en": " (fictional)", "ar": " (خيالية)", "ckb": " (خەیاڵی)"}
_ONE_LETTER = str.maketrans("أإآىيةك", "ااایيهک".replace("ي", "ی"))


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def plain(text: str) -> str:
    """Return a text without what spellings differ in, so that two that may be mixed up are equal."""
    letters = unicodedata.normalize("NFKD", text.translate(_ONE_LETTER)).casefold()
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(word for word in kept.split() if word != "al")


@dataclass(frozen=True)
class Organisation:
    """A fictional body, with the governorates that it works in."""

    org_id: str
    names: dict[str, str]
    acronym: str
    type: str
    legal_form: str
    misspelling: str
    governorates: tuple[str, ...]

    def official(self, lang: str) -> str:
        """Return the name with the word that says that it is fictional, "" where there is no name."""
        name = self.names[lang]
        return name + FICTIONAL[lang] if name else ""

    def spellings(self) -> list[tuple[str, str, str]]:
        """Return (name, lang, kind) of every way in which the sample may write the organisation."""
        named = [(self.official(lang), lang, "official") for lang in LANGUAGES]
        bare = [(self.names[lang], lang, "name") for lang in LANGUAGES]
        english = [
            (self.acronym, "en", "acronym"),
            (self.legal_form, "en", "name"),
            (self.misspelling, "en", "misspelling"),
        ]
        return [spelling for spelling in (*named, *english, *bare) if spelling[0]]


@dataclass
class World:
    """Everything that exists."""

    organisations: dict[str, Organisation]
    places: dict[str, dict[str, str]]
    unclear_names: set[str] = field(default_factory=set)

    def children(self, pcode: str) -> list[str]:
        """Return the places right below a place."""
        return [code for code, place in self.places.items() if place["parent"] == pcode]

    def working_in(self, pcode: str) -> list[str]:
        """Return the organisations, donors aside, that work in the governorate of a place."""
        return [
            o.org_id for o in self.organisations.values() if pcode[:5] in o.governorates and o.type != "donor"
        ]

    def of_type(self, *types: str) -> list[str]:
        return [o.org_id for o in self.organisations.values() if o.type in types]

    def neighbours(self, district: str) -> list[str]:
        """Return the other districts of the governorate, nearest first."""
        others = [code for code in self.children(district[:5]) if code != district]
        return sorted(others, key=lambda code: self._apart(district, code))

    def _apart(self, one: str, two: str) -> float:
        a, b = self.places[one], self.places[two]
        east = (float(a["lon"]) - float(b["lon"])) * cos(radians(float(a["lat"])))
        return hypot(east, float(a["lat"]) - float(b["lat"]))

    def place_name(self, pcode: str, lang: str) -> str:
        """Return the name of a place, or its code where it has none or the name stands for two places."""
        name = self.places[pcode][f"name_{lang}"].strip()
        return name if name and plain(name) not in self.unclear_names else pcode


def load() -> World:
    """Return the world as the files beside this one, the gazetteer and the taxonomies describe it."""
    organisations = [_organisation(row) for row in read(HERE / "names.csv")]
    places = {row["pcode"]: row for row in read(PLACES)}
    return World({o.org_id: o for o in organisations}, places, _unclear(places))


def _organisation(row: dict[str, str]) -> Organisation:
    return Organisation(
        row["org_id"],
        {lang: row[f"name_{lang}"] for lang in LANGUAGES},
        row["acronym"],
        row["type"],
        row["legal_form"],
        row["misspelling"],
        tuple(f"IQG{number}" for number in row["governorates"].split()),
    )


def _unclear(places: dict[str, dict[str, str]]) -> set[str]:
    owners: dict[str, set[str]] = defaultdict(set)
    for pcode, place in places.items():
        for lang in LANGUAGES:
            owners[plain(place[f"name_{lang}"])].add(pcode)
    aliases = PLACES.with_name("place_aliases.csv")
    for row in read(aliases) if aliases.exists() else []:
        owners[plain(row["alias"])].add(row["pcode"])
    return {name for name, codes in owners.items() if len(codes) > 1}


@cache
def taxonomy(name: str) -> dict[str, dict[str, str]]:
    """Return code -> row of one taxonomy."""
    return {row["code"]: row for row in read(TAXONOMIES / f"{name}.csv")}


@cache
def _meanings(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code, row in taxonomy(name).items():
        for text in (code, *(row[f"label_{lang}"] for lang in LANGUAGES)):
            found[plain(text)].add(code)
    for row in read(TAXONOMIES / "term_aliases.csv"):
        if row["taxonomy"] == name:
            found[plain(row["text"])].add(row["code"])
    return found


def label(name: str, code: str, lang: str) -> str:
    """Return the label of a code, or the code where there is no label or it means two things."""
    text = taxonomy(name)[code][f"label_{lang}"]
    return text if text and len(_meanings(name)[plain(text)]) == 1 else code


def topic(service: str) -> str:
    """Return the topic of a service, the topic itself, or "" for a sector."""
    row = taxonomy("services").get(service)
    if not row or row["level"] == "sector":
        return ""
    return service if row["level"] == "topic" else row["parent"]
