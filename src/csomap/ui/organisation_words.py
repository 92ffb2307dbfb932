"""How codes about organisations are read in tables and sentences."""

from csomap.i18n import listing
from csomap.ui import names
from csomap.ui.tables import Words
from csomap.ui.view import View


def services(view: View, codes: str) -> str:
    """Return the names of services joined by ; as one list; of none, that they are not stated."""
    return listing([names.service(view, code) for code in codes.split(";")], view.lang)


def places(view: View, codes: str) -> str:
    """Return the names of places joined by ; as one list; "" of none."""
    return listing([names.place(view, code) for code in codes.split(";") if code], view.lang)


def functions(view: View, codes: str) -> str:
    """Return the names of functions joined by ; as one list; "" of none."""
    return listing([names.function(view, code) for code in codes.split(";") if code], view.lang)


def registrations(view: View, codes: str) -> str:
    """Return where an organisation is registered as one list; "" where that is not known."""
    told = [view.t(f"organisation.registration.{code}") for code in codes.split(";") if code]
    return listing(told, view.lang)


def words(view: View) -> Words:
    """Return how the columns of this page that hold lists of codes are read."""
    return {
        "services": lambda codes: services(view, codes) if codes else "",
        "governorates": lambda codes: places(view, codes),
        "here": lambda codes: places(view, codes),
        "beside": lambda codes: places(view, codes),
        "link": lambda code: view.t(f"organisation.link.{code}"),
        "organisation_type": lambda code: names.organisation_type(view, code) if code else "",
    }
