"""What is measured between two activities: kilometres, days and people."""

import ibis
import ibis.expr.types as ir

_EARTH_KM = 6371.0088  # mean radius, IUGG


def km(both: ir.Table) -> ir.FloatingValue:
    """Return the kilometres between the coordinates of a and b; null where one has none.

    Great-circle distance by the haversine formula: 2 R asin(sqrt(sin2(dlat / 2) + cos lat_a cos lat_b
    sin2(dlon / 2))).
    """
    north_a, north_b = both.a_latitude.radians(), both.b_latitude.radians()
    up = ((north_b - north_a) / 2).sin()
    across = ((both.b_longitude.radians() - both.a_longitude.radians()) / 2).sin()
    root = (up * up + north_a.cos() * north_b.cos() * across * across).sqrt()
    # Rounding may take the root of two antipodes above 1; `least` would make a number of a missing one.
    return 2 * _EARTH_KM * ibis.ifelse(root > 1, 1.0, root).asin()


def measured(sides: ir.Table) -> ir.Table:
    """Return the two activities side by side with what is measured between them.

    km (between their coordinates); shared_days, open_days (shared with missing dates read as open),
    own_days_a and own_days_b: both ends count, 0 or less is minus the days between the two, null where a
    date is missing; inside (the place of one lies in that of the other) and wider (the wider of such two).
    """
    one, two = sides.a_pcode, sides.b_pcode
    start, end = ibis.greatest(sides.a_start, sides.b_start), ibis.least(sides.a_end, sides.b_end)
    open_start = ibis.greatest(sides.a_open_start, sides.b_open_start)
    open_end = ibis.least(sides.a_open_end, sides.b_open_end)
    dated = sides.a_start.notnull() & sides.a_end.notnull() & sides.b_start.notnull() & sides.b_end.notnull()
    return sides.mutate(
        km=km(sides),
        shared_days=ibis.ifelse(dated, _days(start, end), ibis.null("int64")),
        open_days=_days(open_start, open_end),
        own_days_a=_days(sides.a_start, sides.a_end),
        own_days_b=_days(sides.b_start, sides.b_end),
        inside=one.startswith(two) | two.startswith(one),
        wider=ibis.ifelse(one.length() <= two.length(), one, two),
    )


def _days(start: ir.DateValue, end: ir.DateValue) -> ir.IntegerValue:
    return end.delta(start, unit="day") + 1


def people(both: ir.Table) -> tuple[ir.FloatingValue, ir.BooleanValue]:
    """Return the figure of a that b tells too, and whether the two are equal; null where both tell none.

    People targeted, else people reached, else US dollars.
    """
    told = [(both[f"a_{name}"], both[f"b_{name}"]) for name in ("targeted", "reached", "value_usd")]
    known = [one.notnull() & two.notnull() for one, two in told]
    figures = [(here, one) for here, (one, _) in zip(known, told, strict=True)]
    equal = [(here, one == two) for here, (one, two) in zip(known, told, strict=True)]
    return ibis.cases(*figures, else_=ibis.null("float64")), ibis.cases(*equal, else_=ibis.null("boolean"))
