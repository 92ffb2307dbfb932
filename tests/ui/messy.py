"""A small file as a partner would send it: some texts in it are in no list."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.ui.forms import brought_in

MESSY = (
    "Palm Grove Society,cso,immunisation,returnee,Hamdaniyah market town,,2026-01,2026-03,",
    "Palm Grove Society,cso,immunisation,returnee,Hamdaniyah market town,,2026-05,2026-06,",
    "Palm Grove Society,cso,needles for babies,host,IQG15Q05,,2026-01,2026-03,",
    "Mercy Corps,ingo,primary health care,idp,Moosul Qadha,,2026-01,2026-12,",
    "Palm Grove Society,cso,immunisation,host,IQG15Q05,,2026-01,2026-02,",
    "UNICEF,un,immunisation,host,IQG02,,2026-01,2026-12,",
)
PLACE = "Hamdaniyah market town"
TERM = "needles for babies"


def messy_home(home: Path) -> str:
    """Bring the messy file into an installation; return the id of the import."""
    return brought_in(home, home, *MESSY)


def told(app: AppTest) -> str:
    """Return the sentences of a page, without escapes and marks of direction."""
    kinds = ("markdown", "caption", "info", "subheader", "success", "error", "warning")
    shown = [part.value for kind in kinds for part in app.get(kind)]
    return " ".join(shown).replace("\\", "").replace("\u2068", "").replace("\u2069", "")


def keys(app: AppTest) -> set[str]:
    """Return the keys of the buttons that are drawn."""
    return {str(button.key) for button in app.button}
