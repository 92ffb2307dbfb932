"""Overlaps to judge in tests: what a page says, two places in one file, and the clicks of a verdict."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from csomap import flow
from csomap.settings import Settings
from tests.ui.forms import PLAIN, VAGUE, brought_in

_PERIOD = "2021-01-01,2021-12-31,"
# Three organisations give one service at one place, two of them another one in the next.
TRIO = (
    f"Palm Grove Society,cso,immunisation,returnee,IQG15Q05N01,Clinic by the bridge,{_PERIOD}",
    f"Reed Boat Relief,ingo,immunisation,returnee,IQG15Q05N01,Clinic by the bridge,{_PERIOD}",
    f"Olive Tree Union,cso,immunisation,returnee,IQG15Q05N01,,{_PERIOD}",
)
NEXT_DOOR = (
    f"Palm Grove Society,cso,immunisation,returnee,IQG15Q03,,{_PERIOD}",
    f"Reed Boat Relief,ingo,immunisation,returnee,IQG15Q03,,{_PERIOD}",
)
ROWS = {
    "plain": PLAIN,
    "vague": VAGUE,
    "duo": TRIO[:2],
    "trio": TRIO,
    "pair": (*TRIO[:2], *NEXT_DOOR),
    "project": tuple(f"{row}project-1" for row in TRIO[:2]),
}


def shown(app: AppTest) -> str:
    """Return what a page says, without escapes and marks of direction."""
    kinds = ("markdown", "caption", "info", "subheader", "success", "warning", "error")
    told = [str(part.value) for kind in kinds for part in app.get(kind)]
    return " ".join(told).replace("\\", "").replace("\u2068", "").replace("\u2069", "")


def expander(app: AppTest, label: str) -> bool:
    """Return whether there is something of that name to unfold."""
    return label in [part.label for part in app.expander]


def judged(app: AppTest, verdict: str, *, note: str = "", scope: str = "") -> AppTest:
    """Choose a verdict in the form of the card and save it."""
    form = next(radio.key for radio in app.radio if radio.key and radio.key.endswith("_choice"))
    key = form.removesuffix("_choice")
    app.radio(key=form).set_value(verdict)
    app.text_area(key=f"{key}_note").set_value(note)
    if scope:
        app.radio(key=f"{key}_scope").set_value(scope)
    save = next(button for button in app.button if "FormSubmitter" in str(button.key or button.proto.id))
    return save.click().run()


def imported(home: Path, *rows: str) -> None:
    """Bring rows of the canonical form into an installation."""
    brought_in(home, home, *rows)


def across_the_border(home: Path) -> None:
    """Bring in two clinics of two districts that lie some seven kilometres from each other."""
    head = "organisation,service,population_group,pcode,latitude,longitude,start,end"
    clinics = (
        "Palm Grove Society,immunisation,returnee,IQG15Q05,36.30,43.20,2021-01-01,2021-12-31",
        "Reed Boat Relief,immunisation,returnee,IQG15Q03,36.30,43.28,2021-01-01,2021-12-31",
    )
    file = home / "near.csv"
    file.write_text("\n".join([head, *clinics]), "utf-8")
    flow.ingest(file, Settings(home))
