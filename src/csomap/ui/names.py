"""Codes as people read them on pages (see `csomap.flow.names`)."""

from csomap.flow.names import (
    characteristic,
    country,
    day,
    function,
    group,
    groups,
    isolated,
    months,
    organisation,
    organisation_type,
    organisations,
    place,
    place_within,
    plain,
    service,
    status,
)

__all__ = [
    "characteristic",
    "country",
    "day",
    "function",
    "group",
    "groups",
    "isolated",
    "months",
    "organisation",
    "organisation_type",
    "organisations",
    "place",
    "place_within",
    "plain",
    "service",
    "status",
]
