"""How two codes of one tree, or two lists of codes, stand to each other."""

from functools import cache

from csomap.tables import taxonomy


@cache
def of_services(one: str, two: str) -> tuple[str, str]:
    """Return what two service codes say together, and the code that both lie at or below.

    same: one service. coarse: one topic, and neither names a service in it. nested: one names the topic, the
    other a service in it. related: two services of one topic. sector: one names only the sector, so nobody
    knows. different, unknown (one is missing).
    """
    if not one or not two:
        return "unknown", ""
    tree = taxonomy.load("services")
    chain, other = (one, *tree.ancestors(one)), (two, *tree.ancestors(two))
    shared = next((code for code in chain if code in other), "")
    if not shared:
        return "different", ""
    if "sector" in (tree.level(one), tree.level(two)):
        return "sector", shared
    if one == two:
        return ("coarse" if tree.children(one) else "same"), one
    if shared in (one, two):
        return "nested", shared
    return ("related", shared) if tree.level(shared) == "topic" else ("different", "")


@cache
def of_functions(one: str, two: str) -> tuple[str, str]:
    """Return what two function codes say together: same, nested (one is the other's main function), step (two
    ways of one main function), different (advocacy beside direct support) or unknown; and the shared code."""
    if not one or not two:
        return "unknown", one or two
    tree = taxonomy.load("functions")
    if one == two:
        return "same", one
    chain, other = (one, *tree.ancestors(one)), (two, *tree.ancestors(two))
    shared = next((code for code in chain if code in other), "")
    if shared in (one, two):
        return "nested", shared
    return ("step", shared) if shared else ("different", "")


@cache
def of_groups(one: str, two: str) -> tuple[str, str]:
    """Return what two lists of population groups say together: same (they share one), nested (a group of one
    is above one of the other), different or unknown; and the shared groups, or the wider of the nested."""
    if not one or not two:
        return "unknown", ""
    return _lists("population_groups", one, two, "nested")


@cache
def of_traits(one: str, two: str) -> tuple[str, str]:
    """Return what two lists of characteristics say together: everybody (neither states one), same (they share
    one), within (one of them is a kind of the other's), nested (only one states any) or different."""
    if not one or not two:
        return ("nested", one or two) if one or two else ("everybody", "")
    return _lists("characteristics", one, two, "within")


def _lists(name: str, one: str, two: str, nested: str) -> tuple[str, str]:
    tree = taxonomy.load(name)
    mine, theirs = set(one.split(";")), set(two.split(";"))
    if mine & theirs:
        return "same", ";".join(sorted(mine & theirs))
    above = {code for code in mine if any(code in tree.ancestors(other) for other in theirs)}
    above |= {code for code in theirs if any(code in tree.ancestors(other) for other in mine)}
    return (nested, ";".join(sorted(above))) if above else ("different", "")
