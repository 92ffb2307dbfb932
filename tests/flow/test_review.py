"""What waits is decided once: for what is stored already and for what comes later, and can be taken back."""

import time
from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadInput
from csomap.flow.faults import Faults
from csomap.resolve.organisations import provisional_id
from csomap.settings import Settings
from csomap.store import Decisions, Import, Store
from tests.flow.forms import row, write

GOATS = "teaching goats to fly"
PALM = provisional_id("Palm Grove Society")
REED = provisional_id("Reed Boat Union")
REEDS = row(organisation="Reed Boat Union", start="2019-01", end="2019-02")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home")


def bring(settings: Settings, name: str, *rows: dict[str, object]) -> flow.Ingested:
    return flow.ingest(write(settings.home.parent / name, *rows), settings)


def asked(settings: Settings, kind: str) -> pd.DataFrame:
    found = flow.waiting(settings)
    return found[found["kind"] == kind].set_index("subject")


def same(one: flow.Data, other: flow.Data) -> None:
    """Both hold exactly the same tables."""
    for name in ("reports", "activities", "newcomers", "organisations"):
        pd.testing.assert_frame_equal(
            getattr(one, name).reset_index(drop=True), getattr(other, name).reset_index(drop=True)
        )
    assert (one.waiting, one.version, one.as_of) == (other.waiting, other.version, other.as_of)


def test_one_question_stands_for_all_its_rows_in_all_files(settings: Settings) -> None:
    many = [row(service=GOATS, start=f"2021-0{n}", end=f"2021-0{n}") for n in range(1, 8)]
    one = bring(settings, "a.csv", *many).entry.import_id
    two = bring(settings, "b.csv", row(service="Teaching  goats to FLY", start="2022-01", end="2022-01"))
    service = asked(settings, "term:services").loc[GOATS]
    assert (service["rows"], service["reason"], service["effect"]) == (8, "service_unknown", "review")
    assert service["imports"] == ";".join(sorted([one, two.entry.import_id]))
    assert service["example"] == "a.csv:2"
    assert all("=" in candidate for candidate in service["candidates"].split(";"))


def test_what_waits_is_sorted_by_rows(settings: Settings) -> None:
    bring(
        settings, "a.csv", row(service=GOATS), row(pcode="Atlantis"), row(pcode="Atlantis", start="2020-05")
    )
    rows = list(flow.waiting(settings)["rows"])
    assert rows == sorted(rows, reverse=True) and rows[0] == 3


def test_nothing_waits_where_everything_is_known(settings: Settings) -> None:
    bring(settings, "a.csv", row(organisation="World Health Organization"))
    found = flow.waiting(settings)
    assert found.empty and "candidates" in found


@pytest.mark.parametrize(
    ("kind", "field", "text", "answer"),
    [
        ("place", "pcode", "Old Reed Harbour", "IQG15Q03"),
        ("term:services", "service", GOATS, "immunisation"),
        ("term:population_groups", "population_group", "people of the reed boats", "idp_camp"),
        ("organisation", "organisation", "Palm Grove Society", "who"),
    ],
)
def test_a_decision_speaks_for_stored_and_later_files_and_undo_restores_all(
    settings: Settings, kind: str, field: str, text: str, answer: str
) -> None:
    bring(settings, "a.csv", row(), row(**{field: text}, start="2020-01"))
    before, state = flow.load(settings), flow.state(settings)
    made = flow.decide(settings, kind, text, answer, who="Nada")
    assert flow.state(settings) != state
    assert text not in asked(settings, kind).index
    entry = bring(settings, "b.csv", row(**{field: text.upper()}, start="2022-01", end="2022-01")).entry
    assert entry.review == 0
    told = flow.load(settings).reports
    assert answer in set(told.loc[told["source_id"] == entry.import_id, field])
    assert answer in set(told.loc[told["source_id"] != entry.import_id, field])
    flow.undo_decision(settings, made)
    Store(settings).undo(entry.import_id)
    same(flow.load(settings), before)


def test_a_check_knows_what_was_decided(settings: Settings) -> None:
    bring(settings, "a.csv", row())
    flow.decide(settings, "term:services", GOATS, "immunisation")
    path = write(settings.home.parent / "b.csv", row(service=GOATS))
    assert flow.check(path).entry.review == 1
    assert flow.check(path, settings=settings).entry.review == 0


def test_a_wording_that_says_nothing_asks_nobody(settings: Settings) -> None:
    bring(settings, "a.csv", row(population_group="whoever comes"))
    flow.decide(settings, "term:population_groups", "whoever comes", "")
    data = flow.load(settings)
    assert data.waiting == 0 and list(data.reports["population_group"]) == [""]


def test_what_is_not_a_place_leaves_the_row_in_the_analysis_without_one(settings: Settings) -> None:
    bring(settings, "a.csv", row(pcode="All the marshes together"))
    flow.decide(settings, "place", "All the marshes together", "")
    data = flow.load(settings)
    assert data.waiting == 0 and list(data.reports["pcode"]) == [""]


def test_a_new_organisation_is_registered_under_an_id_of_its_own(settings: Settings) -> None:
    bring(settings, "a.csv", row(), row(organisation="palm grove society", start="2020-01"))
    told = {"name_en": "Palm Grove Society", "acronym": "PGS", "type": "cso"}
    made = flow.decide(settings, "organisation", "Palm Grove Society", told)
    data = flow.load(settings)
    (org_id,) = set(data.reports["organisation"])
    palm = data.organisations.set_index("org_id").loc[org_id]
    assert org_id.startswith("own-")
    assert (palm["status"], palm["type"], palm["acronym"]) == ("registered", "cso", "PGS")
    assert set(data.reports["organisation_type"]) == {"cso"}
    assert "organisation" not in set(flow.waiting(settings)["kind"])
    bring(settings, "b.csv", row(organisation="PGS", start="2022-01", end="2022-01"))
    assert set(flow.load(settings).reports["organisation"]) == {org_id}
    flow.undo_decision(settings, made)
    assert PALM in set(flow.load(settings).reports["organisation"])


def test_merging_counts_one_for_the_other_everywhere_and_undo_tells_them_apart(settings: Settings) -> None:
    bring(
        settings,
        "a.csv",
        row(),
        row(
            organisation="Palm Grove Soc.", funder="Palm Grove Society;UNICEF", start="2022-01", end="2022-01"
        ),
    )
    before = flow.load(settings)
    other = provisional_id("Palm Grove Soc.")
    made = flow.merge(settings, PALM, other)
    data = flow.load(settings)
    assert set(data.reports["organisation"]) == {other}
    assert set(data.reports["funder"]) == {"", ";".join(sorted([other, "unicef"]))}
    assert data.organisations.set_index("org_id").loc[PALM, "status"] == "merged"
    assert PALM not in set(flow.waiting(settings)["subject"].map(provisional_id))
    flow.undo_decision(settings, made)
    same(flow.load(settings), before)


def test_merges_are_followed_to_their_end_and_never_in_a_circle(settings: Settings) -> None:
    bring(settings, "a.csv", row())
    flow.merge(settings, PALM, "who")
    flow.merge(settings, "who", "unicef")
    data = flow.load(settings)
    assert set(data.reports["organisation"]) == {"unicef"}
    for one, other in (("unicef", PALM), ("unicef", "who"), ("who", "who")):
        with pytest.raises(BadInput) as error:
            flow.merge(settings, one, other)
        assert error.value.key == "merge_circle"


@pytest.mark.parametrize(
    ("kind", "text", "answer", "context", "key"),
    [
        ("place", "Hamdanya", "IQG99", "", "place_unknown"),
        ("place", "Hamdanya", "IQG02", "IQG15", "decision_elsewhere"),
        ("place", "JO", "IQG02", "abroad", "decision_abroad"),
        ("organisation", "Palm Grove", "nobody", "", "organisation_unknown"),
        ("organisation", "Palm Grove", "new-0123456789", "", "organisation_unknown"),
        ("term:services", "jabs", "goats", "", "code_unknown"),
        ("term:goats", "jabs", "immunisation", "", "taxonomy_unknown"),
        ("goat", "jabs", "immunisation", "", "decision_kind"),
        ("place", "  ", "IQG02", "", "decision_empty"),
        ("merge", "who", "nobody", "", "organisation_unknown"),
        ("place", "iqg15q03", "IQG02", "", "decision_code"),
        ("term:services", "nutrition", "immunisation", "", "decision_code"),
        ("organisation", "who", "unicef", "", "decision_code"),
        ("term:services", "jabs", "immunisation;nutrition", "", "decision_one"),
    ],
)
def test_an_answer_that_does_not_exist_is_refused_and_nothing_is_kept(
    settings: Settings, kind: str, text: str, answer: str, context: str, key: str
) -> None:
    bring(settings, "a.csv", row())
    with pytest.raises(BadInput) as error:
        flow.decide(settings, kind, text, answer, context)
    assert error.value.key == key
    assert flow.decisions(settings).empty


def test_an_organisation_with_an_unknown_type_is_refused(settings: Settings) -> None:
    for told, key in (({"type": "goat"}, "code_unknown"), ({"size": "big"}, "registry_column")):
        with pytest.raises(BadInput) as error:
            flow.decide(settings, "organisation", "Palm Grove", told)
        assert error.value.key == key


def test_the_history_is_told_in_three_languages(settings: Settings) -> None:
    bring(settings, "a.csv", row())
    flow.decide(settings, "place", "Hamdanya", "IQG15Q03", who="Nada")
    flow.decide(settings, "place", "Nowhere", "")
    flow.decide(settings, "place", "JO", "", "abroad")
    flow.decide(settings, "term:services", "jabs", "immunisation")
    flow.decide(settings, "organisation", "Palm Grove Society", "new")
    flow.undo_decision(settings, flow.merge(settings, "who", "unicef"))
    for lang in ("en", "ar", "ckb"):
        told = flow.decisions(settings, lang)
        assert len(told) == 8 and not told["told"].str.contains("decision.", regex=False).any()
    told = flow.decisions(settings).set_index("kind")
    assert list(told.loc["place", "told"])[-1] == '"Hamdanya" is the place Al-Hamdaniya (IQG15Q03).'
    assert told.loc["merge", "status"] == "undone"


def test_a_later_decision_replaces_the_earlier_one(settings: Settings) -> None:
    flow.decide(settings, "place", "Hamdanya", "IQG15Q03")
    flow.decide(settings, "place", "Hamdanya", "IQG15Q05")
    assert list(flow.decisions(settings)["status"]) == ["holds", "replaced"]


def test_reading_the_decisions_of_a_new_home_makes_nothing(settings: Settings) -> None:
    assert flow.decisions(settings).empty and not settings.home.exists()


def test_five_thousand_rows_that_wait_are_listed_quickly(settings: Settings) -> None:
    rows = [row(pcode=f"Reed Harbour {n % 800}", site=str(n)) for n in range(5000)]
    bring(settings, "a.csv", *rows)
    data = flow.load(settings)
    began = time.perf_counter()
    found = flow.waiting(data)
    assert time.perf_counter() - began < 2
    assert found.loc[found["kind"] == "place", "rows"].sum() == 5000 == data.waiting
    assert list(flow.counts(data)["review"]) == [5000]


def organisations(settings: Settings) -> list[str]:
    """Return who the reports name, all of whom must be known."""
    data = flow.load(settings)
    assert set(data.reports["organisation"]) <= set(data.organisations["org_id"])
    return sorted(data.reports["organisation"])


def test_two_people_who_spell_a_text_differently_decide_on_the_same_text(settings: Settings) -> None:
    bring(settings, "a.csv", row(pcode="Old Reed Harbour"))
    older = flow.decide(settings, "place", "Old Reed Harbour", "IQG15Q03", who="Nada")
    flow.decide(settings, "place", "OLD  REED-HARBOUR\u200f", "IQG15Q05", who="Omar")
    assert list(flow.decisions(settings)["status"]) == ["holds", "replaced"]
    flow.undo_decision(settings, older)
    assert set(flow.load(settings).reports["pcode"]) == {"IQG15Q05"}


def test_a_text_of_signs_alone_can_be_decided_and_speaks_for_no_other(settings: Settings) -> None:
    bring(settings, "a.csv", row(service="???"), row(service="***", start="2020-01", end="2020-01"))
    flow.decide(settings, "term:services", "???", "immunisation")
    flow.decide(settings, "place", "???", "IQG15Q03")
    bring(settings, "b.csv", row(pcode="***"), row(pcode="???", start="2020-01", end="2020-01"))
    told = asked(settings, "term:services").index.tolist(), asked(settings, "place").index.tolist()
    assert told == (["***"], ["***"])


def test_several_codes_are_kept_sorted_and_without_holes(settings: Settings) -> None:
    bring(settings, "a.csv", row(population_group="people of the reed boats"))
    flow.decide(settings, "term:population_groups", "people of the reed boats", "idp; host;;")
    assert list(flow.load(settings).reports["population_group"]) == ["host;idp"]


def test_a_code_or_an_id_means_itself_whatever_is_decided_about_a_like_text(settings: Settings) -> None:
    bring(settings, "a.csv", row(organisation="who"), row(organisation="WHO", service="Immunisation"))
    flow.decide(settings, "term:services", "Immunisation", "nutrition")
    flow.decide(settings, "organisation", "WHO", "unicef")
    told = flow.load(settings).reports.sort_values("source_row")
    assert told[["organisation", "service"]].to_numpy().tolist() == [
        ["who", "immunisation"],
        ["unicef", "nutrition"],
    ]


def test_a_new_organisation_cannot_take_the_name_of_another(settings: Settings) -> None:
    bring(settings, "a.csv", row(), row(organisation="World Health Organization", start="2020-01"))
    with pytest.raises(Faults) as error:
        flow.decide(settings, "organisation", "Palm Grove Society", {"name_en": "World Health Organization"})
    assert list(error.value.problems["hint"]) == ["who"]
    assert organisations(settings) == [PALM, "who"]


def test_a_merge_follows_a_newcomer_that_is_registered_later(settings: Settings) -> None:
    bring(settings, "a.csv", row(), REEDS)
    flow.merge(settings, PALM, REED)
    made = flow.decide(settings, "organisation", "Reed Boat Union", "new")
    (own,) = set(organisations(settings))
    assert own.startswith("own-")
    flow.undo_decision(settings, made)
    assert organisations(settings) == [REED, REED]


def test_a_merge_into_one_that_is_gone_sleeps_and_its_organisation_is_asked_for_again(
    settings: Settings,
) -> None:
    bring(settings, "a.csv", row())
    gone = bring(settings, "b.csv", REEDS).entry.import_id
    flow.merge(settings, PALM, REED)
    Store(settings).undo(gone)
    assert organisations(settings) == [PALM]
    assert list(asked(settings, "organisation").index) == ["Palm Grove Society"]
    Store(settings).restore(gone)
    assert organisations(settings) == [REED, REED]


def test_a_merge_that_is_restored_after_its_reverse_is_refused(settings: Settings) -> None:
    bring(settings, "a.csv", row(organisation="WHO"))
    first = flow.merge(settings, "who", "unicef")
    flow.undo_decision(settings, first)
    flow.merge(settings, "unicef", "who")
    with pytest.raises(BadInput) as error:
        flow.restore_decision(settings, first)
    assert error.value.key == "merge_circle"


def test_of_merges_in_a_circle_the_newest_holds(settings: Settings) -> None:
    bring(settings, "a.csv", row(organisation="WHO"), row(organisation="UNICEF"))
    store = Decisions(settings)
    store.decide("merge", "unicef", "who")
    store.decide("merge", "who", "unicef")
    assert organisations(settings) == ["unicef"]


def test_a_newcomer_that_the_registry_renamed_can_still_be_merged_into(settings: Settings) -> None:
    bring(settings, "a.csv", row(), REEDS)
    path = settings.home.parent / "names.csv"
    path.write_text(f"org_id,name_en,type\n{REED},Boats of the Marshes,cso\n", "utf-8")
    assert flow.import_registry(path, settings).changed == (REED,)
    flow.decide(settings, "organisation", "Palm Grove Society", REED)
    assert organisations(settings) == [REED, REED]


def test_rows_of_a_country_that_is_set_aside_wait_for_nothing(settings: Settings) -> None:
    foreign = row(pcode="JO0101", service=GOATS, start="2020-01", end="2020-01")
    bring(settings, "a.csv", row(), foreign, row(pcode="Atlantis"))
    made = flow.decide(settings, "place", "jo-0101", "", "abroad")
    data = flow.load(settings)
    asked_now = flow.waiting(data).set_index("kind")
    assert (
        list(asked_now.loc[["place"], "subject"]) == ["Atlantis"] and "term:services" not in asked_now.index
    )
    assert (data.waiting, asked_now.loc["organisation", "rows"]) == (1, 2)
    told = flow.counts(data)[["accepted", "review", "duplicate_rows", "aside"]]
    assert told.to_numpy().tolist() == [[1, 1, 0, 1]]
    flow.undo_decision(settings, made)
    assert flow.load(settings).waiting == 2


def test_a_place_may_lie_outside_the_area_that_its_rows_name_if_the_text_names_it(settings: Settings) -> None:
    made = bring(settings, "a.csv", row())
    raw = Store(settings).rows(made.entry.import_id)
    wrong = raw.assign(adm1="Ninewa", adm2="Al-Zubair", pcode="")
    Store(settings).add(wrong, Import("wrong", "b.csv", "5w_plain", "", 1, 0, 1, 0, 0))
    question = asked(settings, "place").loc["Al-Zubair"]
    assert (question["context"], question["reason"]) == ("IQG15", "place_conflict")
    best = question["candidates"].split("=")[0]
    flow.decide(settings, "place", "Al-Zubair", best, question["context"])
    assert best == "IQG02Q06" and best in set(flow.load(settings).reports["pcode"])


def test_rows_that_one_source_row_was_made_into_are_counted_each(settings: Settings) -> None:
    raw = Store(settings).rows(bring(settings, "a.csv", row()).entry.import_id)
    melted = pd.concat([raw.assign(service=GOATS, start=pd.Timestamp(f"2020-0{n}-01")) for n in range(1, 4)])
    entry = Import("melted", "b.csv", "5w_plain", "", 3, 0, 3, 0, 0)
    Store(settings).add(melted.reset_index(drop=True), entry)
    assert asked(settings, "term:services").loc[GOATS, "rows"] == 3 == flow.load(settings).waiting
