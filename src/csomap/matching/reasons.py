"""What two activities say together, reason by reason: work, people, place, time, money and numbers.

Each reason is one answer (a code) and up to three values that its sentence shows. `both` holds the two
activities side by side, as a_ and b_ columns; texts and codes were compared before and joined on
(matching.compared).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir

from csomap.matching.levels import codes
from csomap.matching.measures import people
from csomap.tables.query import PCODE_LENGTH

NONE = ibis.literal("")
MET = ["brief", "part", "most"]  # answers of time where the two share days
Rules = dict[str, Any]


class Told(NamedTuple):
    """An answer with its values."""

    answer: ir.StringValue
    value: ir.StringValue = NONE
    value_a: ir.StringValue = NONE
    value_b: ir.StringValue = NONE


def service(both: ir.Table, rules: Rules) -> Told:
    """At the level of the sector nobody knows whether the work is the same; a service that reaches everywhere
    (a helpline) is the same however wide the place."""
    reaching = (both.service_answer == "same") & both.service_value.isin(rules["far_reaching"])
    answer = ibis.ifelse(reaching, "everywhere", both.service_answer)
    return Told(
        ibis.ifelse(both.by_sector, "sector", answer), both.service_value, both.a_service, both.b_service
    )


def _compared(name: str, column: str) -> Callable[[ir.Table, Rules], Told]:
    def told(both: ir.Table, rules: Rules) -> Told:
        answer, value = both[f"{name}_answer"], both[f"{name}_value"]
        return Told(answer, value, both[f"a_{column}"], both[f"b_{column}"])

    return told


def area(both: ir.Table, rules: Rules) -> Told:
    """The places as reported; `apart`: two sub-districts of one district."""
    one, two = both.a_pcode, both.b_pcode
    return Told(both.area_answer, ibis.ifelse(both.inside, both.wider, NONE), one, two)


def area_answer(both: ir.Table, rules: Rules) -> ir.StringValue:
    """Return the answer of `area`; `site` needs it too."""
    one, two, inside, wider = both.a_pcode, both.b_pcode, both.inside, both.wider
    district = PCODE_LENGTH["2"]
    return ibis.cases(
        ((one == "") | (two == ""), "unknown"),
        ((one == two) & (one.length() > district), "same_subdistrict"),
        ((one == two) & (one.length() == district), "same_district"),
        (one == two, "same_governorate"),
        (inside & (wider.length() >= district), "nested"),
        (inside, "nested_wide"),
        ((both.km <= rules["near_km"]).fill_null(False), "near"),
        (one.substr(0, district) == two.substr(0, district), "apart"),
        else_="different",
    )


def distance(both: ir.Table, rules: Rules) -> Told:
    """As the crow flies; the same coordinates to the last digit are often those of a whole district."""
    apart = both.km
    answer = ibis.cases(
        (apart.isnull(), "unknown"),
        (_same_point(both), "same_point"),
        (apart <= rules["here_km"], "here"),
        (apart <= rules["near_km"], "near"),
        else_="far",
    )
    return Told(answer, apart.round(1).cast("string").fill_null(""))


def _same_point(both: ir.Table) -> ir.BooleanValue:
    return (both.a_latitude == both.b_latitude) & (both.a_longitude == both.b_longitude)


def site(both: ir.Table, rules: Rules) -> Told:
    """Sites of one name in places that lie apart are two sites."""
    elsewhere = both.area_answer.isin(["different", "apart"])
    named = both.site_answer.isin(["same", "alike", "part"])
    answer = ibis.ifelse(elsewhere & named, "other", both.site_answer)
    return Told(answer, NONE, both.a_site, both.b_site)


def time(both: ir.Table, rules: Rules) -> Told:
    """Days together, and which share they are of each one's own period; `after`: one follows the other."""
    shared, open_days = both.shared_days, both.open_days
    share_a, share_b = shared / both.own_days_a, shared / both.own_days_b
    more = ibis.greatest(share_a, share_b)
    begun = both.a_start.notnull() & both.b_start.notnull()
    answer = ibis.cases(
        (shared.isnull() & (open_days < 1), "different"),
        (shared.isnull() & begun, "open"),
        (shared.isnull(), "unknown"),
        (shared < -rules["after_days"], "different"),
        (shared < 1, "after"),
        (more < rules["brief_share"], "brief"),
        (more < rules["most_share"], "part"),
        else_="most",
    )
    met = answer.isin(MET)
    share = [ibis.ifelse(met, one.round(2).cast("string"), NONE).fill_null("") for one in (share_a, share_b)]
    days = ibis.cases((met, shared), (answer == "after", -shared), else_=ibis.null("int64"))
    return Told(answer, days.cast("string").fill_null(""), *share)


def status(both: ir.Table, rules: Rules) -> Told:
    """Planned work can still be talked about before it begins; suspended work may not be there at all."""
    one, two = both.a_status, both.b_status
    stopped, planned = ["suspended", "cancelled"], ["planned"]
    answer = ibis.cases(
        (one.isin(stopped) | two.isin(stopped), "stopped"),
        (one.isin(planned) | two.isin(planned), "planned"),
        else_="active",
    )
    return Told(answer, NONE, one, two)


def funder(both: ir.Table, rules: Rules) -> Told:
    """Different funders who do not talk to each other are the usual way to double work."""
    shared = _shared(both.a_funder, both.b_funder)
    answer = ibis.cases(
        ((both.a_funder == "") | (both.b_funder == ""), "unknown"),
        (shared != "", "same"),
        else_="different",
    )
    return Told(answer, shared, both.a_funder, both.b_funder)


def role(both: ir.Table, rules: Rules) -> Told:
    """One names the other as its programme organisation or funder, or both name the same lead; else one of
    them is a donor, or the authority that runs public services. The value is who that is."""
    a_leads = _holds(both.b_programme_organisation, both.org_a)
    b_leads = _holds(both.a_programme_organisation, both.org_b)
    a_pays, b_pays = _holds(both.b_funder, both.org_a), _holds(both.a_funder, both.org_b)
    a_alike, b_alike = both.named_a_answer == "variant", both.named_b_answer == "variant"
    lead = _lead(both)
    answer = ibis.cases(
        (a_leads | b_leads, "programme"),
        (a_pays | b_pays, "funder"),
        (a_alike | b_alike, "alike"),
        (lead != "", "same_lead"),
        (_one_of(both, "donor"), "donor"),
        (_one_of(both, "government"), "authority"),
        else_="none",
    )
    named = ibis.ifelse(
        a_leads | (~b_leads & a_pays) | (~b_leads & ~b_pays & a_alike), both.org_a, both.org_b
    )
    value = ibis.cases(
        (answer == "same_lead", lead),
        (answer == "donor", _who_is(both, "donor")),
        (answer == "authority", _who_is(both, "government")),
        (answer != "none", named),
        else_=NONE,
    )
    return Told(answer, value)


def _one_of(both: ir.Table, kind: str) -> ir.BooleanValue:
    return (both.a_organisation_type == kind) != (both.b_organisation_type == kind)


def _who_is(both: ir.Table, kind: str) -> ir.StringValue:
    return ibis.ifelse(both.a_organisation_type == kind, both.org_a, both.org_b)


def project(both: ir.Table, rules: Rules) -> Told:
    """The same project number says that the work was planned together."""
    one, two = both.a_project_id, both.b_project_id
    answer = ibis.cases(((one == "") | (two == ""), "unknown"), (one == two, "same"), else_="different")
    return Told(answer, ibis.ifelse(answer == "same", one, NONE), one, two)


def need(both: ir.Table, rules: Rules) -> Told:
    """The figure that the two are measured against, by its indicator; never split downwards."""
    return Told(both.indicator.fill_null("unknown"), _whole(both.need))


def scale(both: ir.Table, rules: Rules) -> Told:
    """Both targets together as a share of the people in need; inhabitants are not people in need."""
    share = (both.a_targeted + both.b_targeted) / both.need
    answer = ibis.cases(
        (share.isnull(), "unknown"),
        (both.indicator == "population", "population"),
        (share < rules["small_share"], "small"),
        (share > 1, "above"),
        else_="part",
    )
    told = ibis.ifelse(share.notnull(), share.round(4).cast("string"), NONE)
    return Told(answer, told, _whole(both.a_targeted), _whole(both.b_targeted))


def name(both: ir.Table, rules: Rules) -> Told:
    """Whether the two names may be one organisation's, with their likeness, 0 to 100."""
    return Told(both.name_answer, both.name_value, both.org_a, both.org_b)


def report(both: ir.Table, rules: Rules) -> Told:
    """Equal numbers and dates are often one activity told twice; a round number may be equal by chance."""
    figure, equal = people(both)
    dates = ((both.a_start == both.b_start) & (both.a_end == both.b_end)).fill_null(False)
    odd = (figure % rules["round_to"] != 0) & (figure >= rules["least_figure"])
    answer = ibis.cases(
        (equal.isnull(), "unknown"),
        (equal & odd & dates, "same"),
        (equal & odd, "same_figure"),
        (equal & dates, "round"),
        else_="different",
    )
    return Told(answer, ibis.ifelse(equal.fill_null(False), _whole(figure), NONE))


def _whole(figure: ir.NumericValue) -> ir.StringValue:
    return figure.round(0).cast("int64").cast("string").fill_null("")


def _shared(one: ir.StringValue, two: ir.StringValue) -> ir.StringValue:
    return codes(one).intersect(codes(two)).sort().join(";").fill_null("")


def _lead(both: ir.Table) -> ir.StringValue:
    shared = codes(both.a_programme_organisation).intersect(codes(both.b_programme_organisation))
    others = shared.filter(lambda code: (code != both.org_a) & (code != both.org_b))
    return others.sort().join(";").fill_null("")


def _holds(codes_: ir.StringValue, code: ir.StringValue) -> ir.BooleanValue:
    return (";" + codes_ + ";").contains(";" + code + ";")


# In the order in which people read them.
REASONS: dict[str, Callable[[ir.Table, Rules], Told]] = {
    "service": service,
    "function": _compared("function", "function"),
    "population": _compared("population", "population_group"),
    "characteristic": _compared("characteristic", "characteristic"),
    "area": area,
    "distance": distance,
    "site": site,
    "time": time,
    "status": status,
    "funder": funder,
    "role": role,
    "project": project,
    "need": need,
    "scale": scale,
    "name": name,
    "report": report,
}
