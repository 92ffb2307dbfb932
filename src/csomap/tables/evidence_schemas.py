"""What a valid row of the evidence is: two organisations of an overlap, and each reason between them."""

from csomap.tables.fields import count, schema, text

ORG_PAIRS = schema(
    "org_pairs",
    "Two organisations of one overlap that were there on the same days.",
    {
        "overlap_id": text("the overlap; empty for two activities that are in none"),
        "org_a": text("org_id, the smaller as text"),
        "org_b": text("the other org_id"),
        "kind": text("overlap if any of their activity pairs is, else joint, else chain"),
        "days": count("most days that two of their activities of that kind share within the run; days"),
        "pair_count": count("pairs of their activities with a day in common"),
        "activity_a": text("the activity of org_a that speaks most"),
        "activity_b": text("the activity of org_b that speaks most"),
        "strength": count("0 to 100: how much the reports of these two speak for the same work done twice"),
        "cause": text("duplicate_work, double_report, chain, shared_load or none; empty = not judged"),
        "cause_reason": text("the reason of EVIDENCE that decided the cause"),
    },
)

EVIDENCE = schema(
    "evidence",
    "One reason why two organisations of an overlap may, or may not, do the same work twice.",
    {
        "overlap_id": text("the overlap; empty for two activities that are in none"),
        "org_a": text("org_id, the smaller as text"),
        "org_b": text("the other org_id"),
        "activity_a": text("the activity of org_a that speaks most"),
        "activity_b": text("the activity of org_b that speaks most"),
        "reason": text("what is compared: service, time, funder..."),
        "answer": text("what the comparison says: same, different, unknown..."),
        "value": text("the number or code that both have in common; empty = none"),
        "value_a": text("the number or code of activity_a; empty = none"),
        "value_b": text("the number or code of activity_b; empty = none"),
        "points": count("what the reason adds to the strength; may be negative"),
    },
)

# What the value of a reason is, and what value_a and value_b are: how a sentence shows them.
VALUES = {
    "service": ("service", "service"),
    "function": ("function", "function"),
    "population": ("groups", "groups"),
    "characteristic": ("characteristics", "characteristics"),
    "area": ("place", "place"),
    "distance": ("km", ""),
    "site": ("", "text"),
    "time": ("days", "share"),
    "status": ("", "status"),
    "funder": ("organisations", "organisations"),
    "role": ("organisations", ""),
    "project": ("text", "text"),
    "need": ("people", ""),
    "scale": ("share", "people"),
    "name": ("number", "organisations"),
    "report": ("number", ""),
}
