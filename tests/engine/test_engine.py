"""The engine keeps the words of a question, never its answer, whichever backend works it out."""

import threading
from collections.abc import Iterator
from datetime import date

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pytest
from ibis import _

from csomap import engine
from csomap.engine import run
from csomap.engine.questions import question
from tests.engine.both import needs_spark, on


@pytest.fixture(autouse=True, params=["duckdb", pytest.param("spark", marks=needs_spark)])
def which(request: pytest.FixtureRequest) -> Iterator[str]:
    with on(request.param):
        yield request.param


def doubled(numbers: ir.Table) -> ir.Table:
    return numbers.mutate(twice=_.n * 2)


def told(frame: pd.DataFrame, column: str = "twice") -> list[object]:
    return frame[column].tolist()


def test_the_same_memo_with_other_tables_gives_other_results() -> None:
    for given in ([1, 2], [5], [7, 8, 9]):
        found = run(doubled, memo="doubled", numbers=pd.DataFrame({"n": given}))
        assert told(found) == [n * 2 for n in given]


def test_a_memo_spares_the_writing_of_the_sql() -> None:
    written = []

    def counted(numbers: ir.Table) -> ir.Table:
        written.append(1)
        return doubled(numbers)

    for _nth in range(3):
        run(counted, memo="counted", numbers=pd.DataFrame({"n": [1]}))
    assert len(written) == 1
    run(counted, numbers=pd.DataFrame({"n": [1]}))
    assert len(written) == 2, "without a memo it is written anew"


def kept(people: ir.Table, *, names: ir.ArrayValue, place: ir.StringValue, last: ir.DateValue) -> ir.Table:
    return people.filter(_.name.isin(names), _.place.startswith(place), _.day <= last).select("name")


def test_values_change_from_call_to_call_under_one_memo() -> None:
    days = pd.to_datetime(["2021-01-01", "2021-02-01", "2021-03-01"])
    people = pd.DataFrame({"name": ["a", "it's", "$last"], "place": ["IQ1", "IQ12", "?place?"], "day": days})

    def found(names: tuple[str, ...], place: str, last: date) -> list[object]:
        return told(run(kept, memo="kept", people=people, names=names, place=place, last=last), "name")

    assert found(("a", "it's"), "IQ1", date(2021, 2, 1)) == ["a", "it's"]
    assert found(("a", "it's"), "IQ12", date(2021, 2, 1)) == ["it's"]
    assert found(("it's",), "IQ1", date(2021, 1, 31)) == []
    assert found(("$last", "a"), "?pl", date(2021, 3, 1)) == ["$last"]
    assert found((), "", date(2021, 3, 1)) == []
    assert found(("a' OR '1'='1",), "' OR ''='", date(2021, 3, 1)) == []


def test_a_value_that_is_left_out_is_another_question() -> None:
    def chosen(numbers: ir.Table, *, least: ir.StringValue | None = None) -> ir.Table:
        return numbers if least is None else numbers.filter(_.n.cast("string") >= least)

    numbers = pd.DataFrame({"n": [1, 2]})
    assert told(run(chosen, memo="chosen", numbers=numbers, least="2"), "n") == [2]
    assert told(run(chosen, memo="chosen", numbers=numbers), "n") == [1, 2]


def test_the_sql_is_written_once_for_all_values(which: str) -> None:
    written = []

    def noted(numbers: ir.Table, *, least: ir.StringValue) -> ir.Table:
        written.append(1)
        return numbers.filter(_.n.cast("string") >= least)

    for least in ("1", "2", "2"):
        run(noted, memo="noted", numbers=pd.DataFrame({"n": [1, 2]}), least=least)
    assert len(written) == {"duckdb": 1, "spark": 2}[which]


def test_another_schema_under_the_same_memo_is_not_mixed_up() -> None:
    def summed(numbers: ir.Table) -> ir.Table:
        one = numbers.n
        return numbers.mutate(twice=one + "!" if one.type().is_string() else one * 2)

    assert told(run(summed, memo="summed", numbers=pd.DataFrame({"n": [4]}))) == [8]
    assert told(run(summed, memo="summed", numbers=pd.DataFrame({"n": ["a"]}))) == ["a!"]
    assert told(run(summed, memo="summed", numbers=pd.DataFrame({"n": [1.5]}))) == [3.0]


def test_another_set_of_tables_under_the_same_memo_is_not_mixed_up() -> None:
    def joined(one: ir.Table, two: ir.Table | None = None) -> ir.Table:
        return one if two is None else one.join(two, "n")

    frame = pd.DataFrame({"n": [1, 2]})
    assert len(run(joined, memo="joined", one=frame)) == 2
    assert len(run(joined, memo="joined", one=frame, two=frame.head(1))) == 1


def test_a_part_that_is_used_twice_is_written_once(which: str) -> None:
    def beside_itself(numbers: ir.Table) -> ir.Table:
        squares = engine.once(numbers.mutate(square=_.n * _.n), "squares")
        return squares.join(squares.view(), "square", rname="other_{name}")

    numbers = pd.DataFrame({"n": [2, 3]})
    schema = pa.Table.from_pandas(numbers).schema
    written = question(beside_itself, None, {"numbers": schema}, {"spark": "pyspark"}.get(which, which))
    assert list(written.parts) == ["squares"]
    assert "numbers" in written.parts["squares"] and "numbers" not in written.last
    assert sorted(told(run(beside_itself, numbers=numbers), "square")) == [4, 9]


def test_two_parts_of_one_name_are_refused() -> None:
    def twice(numbers: ir.Table) -> ir.Table:
        return engine.once(numbers, "part").union(engine.once(numbers, "part"))

    with pytest.raises(ValueError, match="part"):
        run(twice, numbers=pd.DataFrame({"n": [1]}))
    assert told(run(doubled, numbers=pd.DataFrame({"n": [3]}))) == [6]


def test_a_part_with_the_name_of_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="numbers"):
        run(lambda numbers: engine.once(doubled(numbers), "numbers"), numbers=pd.DataFrame({"n": [1]}))


def test_without_a_memo_the_expression_of_the_moment_counts() -> None:
    frame = pd.DataFrame({"n": [1]})
    for factor in (2, 3):
        assert told(run(lambda t, factor=factor: t.mutate(twice=_.n * factor), t=frame)) == [factor]


def test_two_threads_at_once_do_not_see_each_other() -> None:
    meeting, answers = threading.Barrier(2, timeout=20), {1: [], 1000: []}

    def ask(n: int) -> None:
        meeting.wait()
        for _nth in range(5):
            answers[n] += told(run(doubled, memo="threads", numbers=pd.DataFrame({"n": [n] * 50})))

    # Daemons, so that threads that wait for each other fail the test and do not hold it up.
    threads = [threading.Thread(target=ask, args=(n,), daemon=True) for n in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert answers == {1: [2] * 250, 1000: [2000] * 250}


def test_a_failed_question_leaves_nothing_for_the_next() -> None:
    def failing(numbers: ir.Table) -> ir.Table:
        return numbers.mutate(n=_.n.cast("int64"))

    with pytest.raises(Exception, match="goats"):
        run(failing, numbers=pd.DataFrame({"n": ["goats"]}))
    with pytest.raises(Exception, match="numbers"):
        run(lambda others: ibis.table(others.schema(), name="numbers"), others=pd.DataFrame({"n": ["goats"]}))
    assert told(run(doubled, numbers=pd.DataFrame({"n": [3]}))) == [6]


def test_empty_tables_keep_their_types() -> None:
    frame = pd.DataFrame(
        {"day": pd.to_datetime(["2021-01-01"]), "n": [1], "share": [0.5], "name": ["x"], "is": [True]}
    )
    for given in (frame, frame.head(0)):
        found = run(lambda t: t.filter(_.n > 0), t=given)
        assert list(found.dtypes.map(lambda kind: kind.kind)) == [
            "M",
            "i",
            "f",
            found["name"].dtype.kind,
            "b",
        ]
        assert found["name"].dtype == run(lambda t: t, t=frame)["name"].dtype
        assert len(found) == len(given)


def test_days_are_days_inside_and_datetimes_outside() -> None:
    frame = pd.DataFrame({"day": pd.to_datetime(["2021-02-28 00:00", None])})
    found = run(lambda t: t.mutate(next=_.day.delta(date(2021, 2, 26), unit="day")), t=frame)
    assert found["next"].tolist()[0] == 2 and pd.isna(found["next"][1])
    assert found["day"].tolist()[0] == pd.Timestamp("2021-02-28") and found["day"].isna().tolist() == [
        False,
        True,
    ]


def test_the_table_that_was_given_is_not_changed() -> None:
    frame = pd.DataFrame({"n": [1], "day": pd.to_datetime(["2021-01-01"])}, index=[7])
    before = frame.copy()
    run(doubled, numbers=frame)
    pd.testing.assert_frame_equal(frame, before)
