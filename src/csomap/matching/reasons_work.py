"""What two activities say of the work itself: which service, where, and when."""

import ibis
import ibis.expr.types as ir

from csomap.matching.told import MET, NONE, Rules, Told
from csomap.tables.query import PCODE_LENGTH


def service(both: ir.Table, rules: Rules) -> Told:
    """At the level of the sector nobody knows whether the work is the same; a service that reaches everywhere
    (a helpline) is the same however wide the place."""
    reaching = (both.service_answer == "same") & both.service_value.isin(rules["far_reaching"])
    answer = ibis.ifelse(reaching, "everywhere", both.service_answer)
    return Told(
        ibis.ifelse(both.by_sector, "sector", answer), both.service_value, both.a_service, both.b_service
    )


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
