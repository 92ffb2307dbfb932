"""What joins two organisations or keeps them apart: money, roles, projects, need, names and figures."""

import ibis
import ibis.expr.types as ir

from csomap.matching.levels import codes
from csomap.matching.measures import people
from csomap.matching.told import NONE, Rules, Told


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
