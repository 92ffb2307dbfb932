"""How the codes of verdicts, causes and kinds are read in tables."""

from csomap.ui.tables import Words
from csomap.ui.view import View


def words(view: View) -> Words:
    """Return how the columns verdict, cause and kind are read."""
    return {
        "verdict": lambda code: view.t(f"overlap.verdict.{code}"),
        "cause": lambda code: view.t(f"overlap.cause.{code}") if code else "",
        "kind": lambda code: view.t(f"overlap.kind.{code}"),
    }
