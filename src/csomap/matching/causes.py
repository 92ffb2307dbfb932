"""What an overlap most likely is: the first rule of rules.yml (`causes`) that its evidence meets."""

from collections.abc import Mapping, Sequence
from typing import Any

CAUSES = ("duplicate_work", "double_report", "chain", "shared_load", "none")


def cause_of(answers: Mapping[str, str], rules: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Return the likely cause of one pair and the reason that decided.

    answers: the answer of each reason of EVIDENCE; rules: `causes.rules` of rules.yml, read from the top. A
    rule is met if the answers of all reasons in its `when` are among those listed there. ("", "") where
    none is met.
    """
    for rule in rules:
        if all(answers.get(reason) in wanted for reason, wanted in rule["when"].items()):
            return str(rule["cause"]), str(rule["because"])
    return "", ""
