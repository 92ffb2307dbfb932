"""What the sample is planned from: activities, the ground they stand on, and cases whose truth is known."""

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from world import World

# The topics of health with the services that the sample names under them; none is sensitive.
TOPICS = {
    "primary_care": ("primary_care_outpatient", "primary_care_mobile", "primary_care_community"),
    "mhpss": ("mhpss_counselling", "mhpss_group", "mhpss_psychiatric"),
    "srh": ("srh_family_planning", "srh_gynaecology"),
    "maternal_newborn": ("maternal_antenatal", "maternal_delivery", "maternal_postnatal"),
    "child_health": ("child_illness", "child_checkups"),
    "communicable": ("communicable_treatment", "communicable_vector"),
    "ncd": ("ncd_diabetes_hypertension", "ncd_screening"),
    "nutrition": ("nutrition_screening", "nutrition_treatment", "nutrition_feeding"),
    "immunisation": ("immunisation_routine", "immunisation_campaign"),
    "disability_rehab": ("rehab_physiotherapy", "rehab_prosthetics", "rehab_assistive"),
    "emergency_trauma": ("emergency_ambulance", "emergency_first_aid"),
    "specialised_care": ("specialised_clinic", "specialised_dialysis"),
    "medicines": ("medicines_essential", "medicines_chronic", "medicines_kits"),
    "health_promotion": ("promotion_awareness", "promotion_school", "promotion_engagement"),
    "outbreak": ("outbreak_surveillance", "outbreak_response"),
    "workforce": ("workforce_clinical", "workforce_midwives"),
    "infrastructure": ("infrastructure_rehabilitation", "infrastructure_equipment"),
    "environment_health": ("environment_climate", "environment_water_quality"),
    "palliative": ("palliative_home", "palliative_pain"),
    "substance_use": ("substance_tobacco", "substance_treatment"),
}
KRI = ("IQG06", "IQG09", "IQG11")
# Where the cases lie: many where the sample is crowded, few elsewhere.
CROWDED = {
    "IQG15": 7, "IQG09": 6, "IQG11": 6, "IQG06": 5, "IQG13": 4, "IQG16": 4, "IQG10": 2, "IQG01": 2,
    "IQG08": 2,
}  # fmt: skip
GROUPS_KRI = ("host", "refugee", "idp_camp", "idp_out_of_camp", "idp")
GROUPS_NORTH = ("host", "returnee", "idp_camp", "idp_out_of_camp", "idp")
GROUPS_ELSEWHERE = ("host", "idp_out_of_camp")
TRAITS = ("children_under_5", "women_reproductive_age", "older_people", "people_with_disabilities")
FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)

Span = tuple[dt.date, dt.date | None]


@dataclass(frozen=True)
class Activity:
    """One organisation's work as it really was; `told` is how its reports tell of it."""

    organisation: str
    service: str
    population_group: str
    pcode: str
    spans: tuple[Span, ...]
    told: str = "dates"
    characteristic: str = ""
    site: str = ""
    function: str = ""
    status: str = ""
    activity_id: str = ""
    project_id: str = ""
    programme_organisation: str = ""
    funder: str = ""


@dataclass(frozen=True)
class Case:
    """Activities whose relation is known before anything is written, with their line of the truth."""

    activities: tuple[Activity, ...]
    truth: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Cell:
    """A topic in a district that belongs to one case alone, and the group that the case serves."""

    topic: str
    district: str
    group: str


@dataclass
class Plan:
    """Deals out cells, organisations, periods and ids; the same seed deals the same."""

    world: World
    rng: Random
    taken: set[tuple[str, str]] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    last_site: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def cell(self, organisations: int = 2, sub_districts: int = 0) -> Cell:
        """Return a topic in a district that no other case has, with room for what is asked."""
        while True:
            [governorate] = self.rng.choices(list(CROWDED), list(CROWDED.values()))
            district = self.rng.choice(self.world.children(governorate))
            topic = self.rng.choice(list(TOPICS))
            room = len(self.world.children(district)) >= sub_districts
            if room and len(self.world.working_in(district)) >= organisations and self.claim(topic, district):
                return Cell(topic, district, self.rng.choice(groups_of(district)))

    def claim(self, topic: str, district: str) -> bool:
        """Take a topic in a district for one case; False if it is taken."""
        if (topic, district) in self.taken:
            return False
        self.taken.add((topic, district))
        return True

    def number(self, kind: str) -> str:
        """Return the next id of a kind, said to be a sample's."""
        self.counts[kind] += 1
        return f"SAMPLE-{kind}{self.counts[kind]:04d}"

    def service(self, cell: Cell) -> str:
        """Return the topic of a cell or, a little less often, a service under it."""
        return self.rng.choice((cell.topic, cell.topic, cell.topic, *TOPICS[cell.topic]))

    def sub_district(self, cell: Cell, nth: int = 0) -> str:
        return self.world.children(cell.district)[nth]

    def site(self, pcode: str) -> str:
        """Return the name of a place that does not exist, the next one of its district."""
        self.last_site[pcode[:8]] += 1
        return f"{self.rng.choice(SITES)} {self.last_site[pcode[:8]]}"

    def core(self) -> Span:
        """Return one to three whole months in the middle of the year."""
        first = self.rng.randint(3, 8)
        return month(first)[0], month(first + self.rng.randint(0, 2))[1]

    def around(self, core: Span, told: str) -> Span:
        """Return a period that holds the core: whole months, or days that may end next year."""
        if told == "months":
            first = core[0].month - self.rng.randint(0, 2)
            return month(first)[0], month(min(12, _end(core).month + self.rng.randint(0, 2)))[1]
        start = core[0] - dt.timedelta(days=self.rng.randint(0, 50))
        return start, min(dt.date(2026, 6, 30), _end(core) + dt.timedelta(days=self.rng.randint(0, 260)))

    def crowd(self, cell: Cell, told: tuple[str, ...], core: Span | None = None) -> list[Activity]:
        """Return activities of different organisations that share all of a cell and a core of days."""
        core = core or self.core()
        who = zip(self.who(cell.district, len(told)), told, strict=True)
        return [self._activity(cell, org, self.around(core, way), way) for org, way in who]

    def who(self, pcode: str, n: int = 1) -> list[str]:
        """Return organisations that work there, by turns and a little chance; CSOs have three turns each."""
        csos = self.world.of_type("cso")
        heard = {
            org: self.counts[org] * (1 if org in csos else 3) + 3 * self.rng.random()
            for org in self.world.working_in(pcode)
        }
        chosen = sorted(heard, key=heard.__getitem__)[:n]
        for org in chosen:
            self.counts[org] += 1
        return chosen

    def _activity(self, cell: Cell, org: str, span: Span, told: str) -> Activity:
        return Activity(
            org,
            self.service(cell),
            cell.group,
            cell.district,
            (span,),
            told,
            status=self.rng.choice(("", "", "ongoing")),
            activity_id=self.number("A") if self.rng.random() < 0.6 else "",
            project_id=self.number("P") if self.rng.random() < 0.4 else "",
            funder=self.funder() if self.rng.random() < 0.6 else "",
        )

    def funder(self) -> str:
        return self.rng.choice(self.world.of_type("donor"))

    def ways(self, n: int = 2) -> tuple[str, ...]:
        """Return how each of n activities is told, a third of them month by month."""
        return tuple(self.rng.choice(("months", "dates", "dates")) for _ in range(n))


SITES = (
    "Pomegranate Clinic",
    "Blue Door Health Post",
    "Lantern Street Centre",
    "مركز الرمان الصحي",
    "بنکەی کانی",
)


def month(number: int) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a month of 2025."""
    return dt.date(2025, number, 1), dt.date(2025, number, monthrange(2025, number)[1])


def months(first: int, last: int) -> Span:
    """Return the days from a first to a last month of 2025."""
    return month(first)[0], month(last)[1]


def months_of(span: Span) -> Iterator[str]:
    """Yield the months of a period of 2025 as they are written."""
    for number in range(span[0].month, _end(span).month + 1):
        yield f"2025-{number:02d}"


def _end(span: Span) -> dt.date:
    return span[1] or LAST


def groups_of(pcode: str) -> tuple[str, ...]:
    """Return the population groups that a governorate has, so that the sample looks likely."""
    if pcode[:5] in KRI:
        return GROUPS_KRI
    return GROUPS_NORTH if pcode[:5] in ("IQG01", "IQG10", "IQG13", "IQG15", "IQG16") else GROUPS_ELSEWHERE


def truth(
    kind: str, dimension: str, about: Cell, who: list[Activity], days: Span, note: str
) -> dict[str, str]:
    """Return one line of the truth; its truth_id is given when all cases are there."""
    return {
        "truth_id": "",
        "kind": kind,
        "dimension": dimension,
        "organisations": ";".join(sorted({a.organisation for a in who})),
        "service": about.topic,
        "population_group": about.group,
        "characteristic": who[0].characteristic,
        "pcode": about.district,
        "start": days[0].isoformat(),
        "end": _end(days).isoformat(),
        "note": note,
        "activity_ids": ";".join(sorted({a.activity_id for a in who} - {""})),
    }
