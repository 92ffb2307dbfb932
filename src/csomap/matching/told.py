"""What one reason says of two activities: an answer, and up to three values that its sentence shows."""

from collections.abc import Callable
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir

NONE = ibis.literal("")
MET = ["brief", "part", "most"]  # answers of time where the two share days
Rules = dict[str, Any]


class Told(NamedTuple):
    """An answer with its values."""

    answer: ir.StringValue
    value: ir.StringValue = NONE
    value_a: ir.StringValue = NONE
    value_b: ir.StringValue = NONE


Reason = Callable[[ir.Table, Rules], Told]


def compared(name: str, column: str) -> Reason:
    """Return the reason that was compared before, text by text (matching.compared)."""

    def told(both: ir.Table, rules: Rules) -> Told:
        answer, value = both[f"{name}_answer"], both[f"{name}_value"]
        return Told(answer, value, both[f"a_{column}"], both[f"b_{column}"])

    return told
