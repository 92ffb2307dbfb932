"""Decisions are added, never lost: what holds, what was undone, who and when."""

import pytest

from csomap.errors import BadInput, Outdated
from csomap.i18n import LANGUAGES, date, t
from csomap.settings import Settings
from csomap.store import Decision, Decisions, Store


@pytest.fixture
def decisions(settings: Settings) -> Decisions:
    return Decisions(settings)


def holding(decisions: Decisions, kind: str = "") -> dict[str, object]:
    return {one.subject: one.answer for one in decisions.holding(kind)}


def test_a_decision_is_kept_with_who_and_when_and_why(decisions: Decisions) -> None:
    made = decisions.decide("place", "Hamdanya", "IQG15Q03", "IQG15", note="asked them", who="Nada")
    (one,) = decisions.holding("place")
    assert (one.id, one.subject, one.context, one.answer) == (made, "Hamdanya", "IQG15", "IQG15Q03")
    assert (one.who, one.note) == ("Nada", "asked them") and one.at.year > 2000


def test_without_a_name_it_is_the_user_of_the_process(decisions: Decisions) -> None:
    decisions.decide("place", "Hamdanya", "IQG15Q03")
    assert decisions.holding()[0].who


def test_an_answer_may_be_anything_that_json_holds(decisions: Decisions) -> None:
    record = {"name_ar": "جمعية القصب", "rows": [1, None, True]}
    decisions.decide("registry", "own-1", record)
    assert holding(decisions) == {"own-1": record}


def test_the_newest_about_a_subject_in_a_context_holds(decisions: Decisions) -> None:
    decisions.decide("place", "Markaz", "IQG01Q01", "IQG01")
    decisions.decide("place", "Markaz", "IQG02Q01", "IQG02")
    decisions.decide("place", "Markaz", "IQG01Q02", "IQG01")
    assert {one.context: one.answer for one in decisions.holding()} == {
        "IQG01": "IQG01Q02",
        "IQG02": "IQG02Q01",
    }


def test_undoing_the_newest_lets_the_earlier_one_hold_again(decisions: Decisions) -> None:
    decisions.decide("place", "Hamdanya", "IQG15Q03")
    wrong = decisions.decide("place", "Hamdanya", "IQG15Q05")
    decisions.undo(wrong)
    assert holding(decisions) == {"Hamdanya": "IQG15Q03"}


def test_undoing_an_undoing_lets_the_decision_hold_again(decisions: Decisions) -> None:
    made = decisions.decide("place", "Hamdanya", "IQG15Q03")
    undoing = decisions.undo(made, who="Nada")
    assert holding(decisions) == {}
    assert decisions.undo(undoing) == made
    assert holding(decisions) == {"Hamdanya": "IQG15Q03"}
    decisions.undo(made)
    decisions.restore(made)
    assert holding(decisions) == {"Hamdanya": "IQG15Q03"}


def test_a_decision_goes_and_comes_back_as_often_as_people_change_their_minds(decisions: Decisions) -> None:
    made = decisions.decide("place", "Hamdanya", "IQG15Q03")
    for _ in range(2):
        decisions.undo(made)
        assert holding(decisions) == {}
        decisions.restore(made)
        assert holding(decisions) == {"Hamdanya": "IQG15Q03"}
        with pytest.raises(BadInput, match=str(made)):
            decisions.restore(made)


def test_nothing_leaves_the_history(decisions: Decisions) -> None:
    made = decisions.decide("place", "Hamdanya", "IQG15Q03", who="Nada")
    decisions.undo(decisions.undo(made, who="Omar"))
    decisions.undo(made, who="Sana")
    told = decisions.history()[["id", "who", "kind", "undone_by"]].to_numpy().tolist()
    assert [row[:3] for row in told] == [[3, "Sana", "undo"], [2, "Omar", "undo"], [1, "Nada", "place"]]
    assert told[2][3] == "Sana" and told[1][3]


def test_what_was_decided_together_is_undone_together(decisions: Decisions) -> None:
    decisions.decide("merge", "a", "b")
    first = decisions.decide_all([Decision("registry", "x", {}), Decision("organisation", "X", "x")])
    decisions.undo(first + 1)
    assert holding(decisions) == {"a": "b"}
    decisions.restore(first)
    assert holding(decisions) == {"a": "b", "x": {}, "X": "x"}


def test_a_batch_that_fails_half_way_leaves_nothing(decisions: Decisions) -> None:
    with pytest.raises(TypeError):
        decisions.decide_all([Decision("place", "a", "IQG01"), Decision("place", "b", object())])
    assert decisions.history().empty


def test_what_cannot_be_undone_is_told(decisions: Decisions) -> None:
    made = decisions.decide("place", "Hamdanya", "IQG15Q03")
    with pytest.raises(BadInput) as unknown:
        decisions.undo(made + 1)
    with pytest.raises(BadInput) as holds:
        decisions.restore(made)
    decisions.undo(made)
    with pytest.raises(BadInput) as undone:
        decisions.undo(made)
    keys = [error.value.key for error in (unknown, holds, undone)]
    assert keys == ["decision_unknown", "decision_holds", "decision_undone"]


def test_a_reset_forgets_decisions_and_never_gives_their_ids_again(
    settings: Settings, decisions: Decisions
) -> None:
    before = decisions.decide("place", "Hamdanya", "IQG15Q03")
    Store(settings).clear()
    assert decisions.history().empty
    assert decisions.decide("place", "Hamdanya", "IQG15Q03") > before


CARD = ("verdict", "a;b", "cell")


def judge(decisions: Decisions, verdict: str, saw: int | None, who: str = "Nada") -> int:
    told = Decision(*CARD[:2], {"verdict": verdict}, CARD[2])
    return decisions.decide_all([told], who=who, expected={CARD: saw})


def test_who_saw_what_holds_may_decide_anew(decisions: Decisions) -> None:
    first = judge(decisions, "shared_load", 0)
    second = judge(decisions, "duplicate_work", first)
    decisions.undo(second)
    third = judge(decisions, "same_project", first)
    assert [one.id for one in decisions.holding()] == [third]


def test_who_saw_an_earlier_state_is_told_what_others_decided_and_nothing_is_kept(
    decisions: Decisions,
) -> None:
    first = judge(decisions, "shared_load", 0, who="Omar")
    for saw in (0, first + 1):
        with pytest.raises(Outdated) as error:
            judge(decisions, "duplicate_work", saw)
        (held,) = error.value.held
        assert (held.id, held.who, held.answer) == (first, "Omar", {"verdict": "shared_load"})
        assert error.value.keys == [CARD]
    assert len(decisions.history()) == 1


def test_of_a_batch_nothing_is_kept_if_one_of_it_is_outdated(decisions: Decisions) -> None:
    judge(decisions, "shared_load", 0, who="Omar")
    both = [Decision("verdict", subject, {"verdict": "data_error"}, "cell") for subject in ("a;b", "a;c")]
    with pytest.raises(Outdated):
        decisions.decide_all(both, expected={CARD: 0, ("verdict", "a;c", "cell"): 0})
    assert [one.subject for one in decisions.holding()] == ["a;b"]


def test_a_key_may_be_looked_at_that_nothing_is_decided_about(decisions: Decisions) -> None:
    judge(decisions, "shared_load", 0)
    other = [Decision("verdict", "a;c", {"verdict": "data_error"}, "cell")]
    with pytest.raises(Outdated):
        decisions.decide_all(other, expected={CARD: 0})
    assert decisions.decide_all(other, expected={CARD: 1, ("place", "a;b", "cell"): 0})


def test_who_does_not_say_what_they_saw_is_not_held_up(decisions: Decisions) -> None:
    judge(decisions, "shared_load", 0)
    assert judge(decisions, "duplicate_work", None)


def test_what_was_seen_may_be_taken_back_meanwhile(decisions: Decisions) -> None:
    seen = judge(decisions, "shared_load", 0)
    decisions.undo(seen, who="Sana")
    with pytest.raises(Outdated) as error:
        judge(decisions, "duplicate_work", seen)
    assert error.value.key == "outdated_undone" and error.value.held == []
    (undone,) = error.value.undone
    assert (undone.id, undone.who) == (seen, "Sana") and undone.at.year > 2000


def test_what_was_seen_may_be_removed_meanwhile(settings: Settings, decisions: Decisions) -> None:
    seen = judge(decisions, "shared_load", 0)
    Store(settings).clear()
    with pytest.raises(Outdated) as error:
        judge(decisions, "duplicate_work", seen)
    assert error.value.key == "outdated_reset"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_decided_what_and_when_is_told_in_every_language(lang: str, decisions: Decisions) -> None:
    seen = judge(decisions, "shared_load", 0, who="Omar")
    told = [t("overlap.verdict.shared_load", lang), "Omar", date(decisions.holding()[0].at, lang)]
    faults = []
    for saw, others in ((0, {}), (0, {("verdict", "a;b", "other"): 9}), (seen, {})):
        if saw == seen:
            decisions.undo(seen, who="Omar")
        with pytest.raises(Outdated) as error:
            decisions.decide_all([], expected={CARD: saw, **others})
        faults.append(error.value)
    assert [one.key for one in faults] == ["outdated", "outdated_many", "outdated_undone"]
    for fault in faults:
        assert all(part in fault.told(lang) for part in told)
        assert "{" not in fault.told(lang)
