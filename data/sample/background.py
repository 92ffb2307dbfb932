"""Everything else that the sample tells: work that overlaps with nothing, thin areas, other sectors."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import cycle

from plan import CROWDED, FIRST, KRI, TOPICS, TRAITS, Activity, Plan, Span, groups_of, month, months
from world import taxonomy, topic

SILENT = ("IQG03",)
NO_HEALTH = {"IQG05": 7, "IQG12": 7, "IQG14": 7}
THIN = {"IQG02": 8, "IQG04": 4, "IQG07": 4, "IQG17": 5, "IQG18": 3}
OTHER_SECTORS = (
    "wash_water_supply", "wash_hygiene_promotion", "wash_sanitation", "wash", "protection_legal",
    "protection_case_management", "protection_social_cohesion", "gbv_case_management", "gbv_safe_spaces",
    "child_protection_psychosocial", "child_protection_parenting", "education_nonformal", "education",
    "livelihoods_business", "livelihoods_vocational", "food_distribution", "food_vouchers", "nfi_winter",
    "shelter_rehabilitation", "cccm_management", "cash_emergency", "human_rights_awareness",
    "anti_corruption_monitoring", "public_services_dialogue", "participation_women",
)  # fmt: skip
SENSITIVE = ("mhpss_survivors", "communicable_hiv", "srh_clinical_rape")
FUNCTIONS = ("direct_basic_services", "direct_education", "advocacy_awareness", "policy_evidence")
VAGUE = ("", "", "Mixed")
REPEATED_IDS = 5


@dataclass
class Background:
    """Deals out work so that no two organisations ever share a topic, district and group."""

    plan: Plan
    owned: set[tuple[str, str, str]] = field(default_factory=set)

    def thin(self) -> list[Activity]:
        """Return the little health work of the thin governorates, and the other work of those without."""
        found = [self.health(code) for code, count in THIN.items() for _ in range(count)]
        return found + [self.other(code) for code, count in NO_HEALTH.items() for _ in range(count)]

    def health(self, governorate: str, service: str = "") -> Activity:
        """Return health work in a governorate, now and then told coarsely where much is told."""
        named = service or self.plan.rng.choice(list(TOPICS))
        if not service and self.plan.rng.random() < 0.45:
            named = self.plan.rng.choice(TOPICS[named])
        activity = self._placed(governorate, named)
        return self._coarser(activity) if governorate in CROWDED and not service else activity

    def other(self, governorate: str) -> Activity:
        return self._placed(governorate, self.plan.rng.choice(OTHER_SECTORS))

    def _placed(self, governorate: str, service: str) -> Activity:
        rng, world = self.plan.rng, self.plan.world
        about = topic(service) or service
        while True:
            district = rng.choice(world.children(governorate))
            groups = rng.sample(groups_of(district), 2 if rng.random() < 0.1 else 1)
            cells = {(about, district, group) for group in groups}
            if (about, district) not in self.plan.taken and not cells & self.owned:
                self.owned |= cells
                return self._activity(service, district, ";".join(sorted(groups)))
            if topic(service) in TOPICS:
                about = service = rng.choice(list(TOPICS))

    def _activity(self, service: str, district: str, groups: str) -> Activity:
        rng = self.plan.rng
        told, spans = self._time()
        where = rng.choice([district, *self.plan.world.children(district)])
        work = Activity(
            *self.plan.who(district),
            service,
            groups,
            where,
            spans,
            told,
            characteristic=rng.choice((*TRAITS, *[""] * 9)),
            site=self.plan.site(where) if len(where) > 8 and rng.random() < 0.5 else "",
            function=rng.choice((*FUNCTIONS, "direct_support", "direct_support", *[""] * 6)),
            status=rng.choice(("", "", "", "ongoing", "ongoing", "completed", "planned")),
        )
        return self._named(work)

    def _named(self, work: Activity) -> Activity:
        """Add ids, and the bodies behind the work."""
        rng, world = self.plan.rng, self.plan.world
        others = [org for org in world.of_type("ingo", "un") if org != work.organisation]
        return replace(
            work,
            activity_id=self.plan.number("A") if rng.random() < 0.6 else "",
            project_id=f"SAMPLE-{work.organisation}-{rng.randint(1, 3)}" if rng.random() < 0.4 else "",
            programme_organisation=rng.choice(others) if rng.random() < 0.15 else "",
            funder=";".join(self._funders()),
        )

    def _funders(self) -> list[str]:
        count = self.plan.rng.choice((0, 0, 1, 1, 1, 2))
        return sorted(self.plan.rng.sample(self.plan.world.of_type("donor"), count))

    def _time(self) -> tuple[str, tuple[Span, ...]]:
        """Return how and when: months with or without a hole, dates with or without a stated end."""
        rng = self.plan.rng
        way = rng.choice(("months", "months", "months", "hole", "dates", "dates", "dates", "range", "open"))
        if way in ("months", "range"):
            first = rng.randint(1, 9)
            return way, (months(first, min(12, first + rng.randint(1, 5))),)
        if way == "hole":
            first = rng.randint(1, 6)
            return "months", (months(first, first + 1), months(first + 3, first + 4 + rng.randint(0, 2)))
        start = FIRST + dt.timedelta(days=rng.randint(0, 250))
        end = None if way == "open" else start + dt.timedelta(days=rng.randint(20, 300))
        return "dates", ((start, end and min(end, dt.date(2026, 6, 30))),)

    def _coarser(self, activity: Activity) -> Activity:
        chance = self.plan.rng.random()
        if chance < 0.06:
            return replace(activity, service="health")
        if chance < 0.10:
            return replace(activity, pcode=activity.pcode[:5], site="")
        if chance < 0.14:
            return replace(activity, population_group=self.plan.rng.choice(VAGUE))
        return replace(activity, population_group="all") if chance < 0.19 else activity

    def sensitive(self) -> list[Activity]:
        """Return work with survivors and people with HIV, which is never shown finer than a governorate."""
        where = cycle(("IQG09", "IQG15", "IQG11"))
        found = [self.health(next(where), service) for service in SENSITIVE for _ in range(2)]
        return [*found[:-1], replace(found[-1], characteristic="gbv_survivors")]

    def repeated_ids(self) -> list[Activity]:
        """Return pairs that bear one id though they are in two places, as happens in real files."""
        found = []
        for _ in range(REPEATED_IDS):
            name = self.plan.number("A")
            found += [replace(self.health(code), activity_id=name) for code in ("IQG15", "IQG13")]
        return found

    def newest(self) -> list[Activity]:
        """Return work that was still reported in December, so that the year is whole."""
        found = [self.health(code) for code in (*KRI, "IQG15", "IQG08")]
        return [replace(work, spans=((month(9)[0], month(12)[1]),), told="months") for work in found]

    def crowded(self) -> Iterator[Activity]:
        """Yield health work without end where the sample is crowded."""
        while True:
            yield self.health(self._governorate())

    def other_sectors(self) -> Iterator[Activity]:
        """Yield work of other sectors without end, mostly where the sample is crowded."""
        while True:
            yield self.other(self._governorate())

    def _governorate(self) -> str:
        return self.plan.rng.choices(list(CROWDED), list(CROWDED.values()))[0]


def is_health(service: str) -> bool:
    """Tell whether a service belongs to the sector health."""
    parent = taxonomy("services")[service]["parent"]
    return service == "health" or (bool(parent) and is_health(parent))
