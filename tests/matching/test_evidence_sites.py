"""One site in two spellings, one that is divided on purpose, and two sites are told apart by their names."""

import pytest

from csomap.matching.sites import compare

SAME = [
    ("Camp Laleh", "camp laleh"),
    ("Sidra camp", "Al-Sedra Camp"),
    ("مخيم السدرة", "Al-Sidra Camp"),
    ("کەمپی لالە", "مخيم لاله"),
    ("Camp Shinar East", "Shinnar camp (east)"),
    ("Debaga camp", "Debaga"),
    ("Al-Nasr PHCC 2", "PHCC Al-Nasr (2)"),
    ("مستشفى النخيل", "Nakheel hospital"),
]
PART = [
    ("Camp Laleh", "Camp Laleh health post"),
    ("Camp Laleh", "Camp Laleh, Block B"),
    ("Camp Laleh, Blocks A-C", "Camp Laleh, Block B"),
    ("Tawil post (Mon/Wed)", "Tawil post (Wed-Thu)"),
    ("Tawil post (Thu-Sat)", "Tawil post, Friday"),
    ("Villages: Kesik, Hamra, Barda", "Barda village"),
]
DIVIDED = [
    ("Camp Laleh, Blocks A-C", "Camp Laleh Blocks D to F"),
    ("Camp Laleh - Sector 4", "Laleh camp, sector 1"),
    ("مخيم لاله، قاطع 1", "مخيم لاله القاطع الثاني"),
    ("مخيم لاله بلوك أ - ج", "مخيم لاله بلوك د"),
    ("کەمپی لالە، زۆنی ١", "کەمپی لالە، زۆنی ٢"),
    ("Tawil post (Sat-Mon)", "Tawil post (Tue-Thu)"),
    ("Tawil post, Mon/Wed", "Tawil post, Sun & Tue"),
    ("Tawil clinic, morning", "Tawil clinic (evening shift)"),
    ("عيادة الطويل صباحي", "عيادة الطويل مسائي"),
    ("Tawil clinic, odd weeks", "Tawil clinic, even weeks"),
    ("Old City, right bank", "Old City, left bank"),
    ("Girls' school of Tawil", "Tawil boys' school"),
    ("Phase 1: classroom", "Phase 2: on the ward"),
    ("Villages: Kesik, Hamra", "Villages: Barda, Tal Mus"),
]
OTHER = [
    ("Camp Laleh", "Camp Zerin"),
    ("Al-Nasr PHCC", "Al-Nasr school"),
    ("Camp Tawil", "Tawil village"),
    ("Clinic 1, Camp Laleh", "Clinic 2, Camp Laleh"),
    ("Hatra North", "Hatra South"),
    ("Villages: Kesik, Hamra", "Barda village"),
]
ALIKE = [
    ("Al-Salam PHCC", "Al-Salama PHCC"),
    ("Al-Nasr PHCC", "Al-Nasr PHCC 2"),
    ("Al-Nasr PHCC", "Al-Nasr Al-Kabir PHCC"),
    ("Health centre", "health centre"),
    ("PHCC", "Clinic"),
]
UNKNOWN = [("", "Camp Laleh"), ("Camp Laleh", "  "), ("", "")]
TOLD = {
    "same": SAME,
    "part": PART,
    "divided": DIVIDED,
    "other": OTHER,
    "alike": ALIKE,
    "unknown": UNKNOWN,
}
CASES = [(one, two, answer) for answer, pairs in TOLD.items() for one, two in pairs]


@pytest.mark.parametrize(("one", "two", "answer"), CASES)
def test_two_names_of_sites_are_compared_and_it_does_not_matter_which_is_first(
    one: str, two: str, answer: str
) -> None:
    assert (compare(one, two), compare(two, one)) == (answer, answer)
