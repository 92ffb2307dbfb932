"""The person who keeps the registry corrects one organisation: checked, with who and when, and undone."""

from pathlib import Path

import pandas as pd
import pytest

from csomap import flow
from csomap.errors import BadInput, Outdated
from csomap.flow.faults import Faults
from csomap.i18n import LANGUAGES
from csomap.settings import Settings
from csomap.store import Decisions
from csomap.tables import export
from csomap.tables.query import Query
from tests.flow.forms import row, write

NEW = {"registration": "federal;kurdistan", "founded": "1991", "functions": "advocacy;direct_education"}


def _home(folder: Path) -> Settings:
    home = Settings(folder / "home")
    flow.ingest(write(folder / "a.csv", row(), row(organisation="WHO", start="2020-01")), home)
    return home


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return _home(tmp_path)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, flow.Data]:
    """A place in which nothing is kept, and its data: for what is refused."""
    home = _home(tmp_path_factory.mktemp("untouched"))
    return home, flow.load(home)


def _refused(untouched: tuple[Settings, flow.Data], organisation: str, changes: dict[str, str]) -> BadInput:
    settings, data = untouched
    with pytest.raises(BadInput) as error:
        flow.correct_organisation(data, settings, organisation, changes)
    assert flow.decisions(settings).empty
    return error.value


def _one(settings: Settings, org_id: str) -> "pd.Series[str]":
    return flow.load(settings).organisations.set_index("org_id").loc[org_id]


def _correct(settings: Settings, org_id: str, **changes: str) -> int:
    return flow.correct_organisation(flow.load(settings), settings, org_id, changes, who="registry")


def test_what_was_corrected_holds_is_told_and_is_taken_back(settings: Settings) -> None:
    before = _one(settings, "who")
    done = _correct(settings, "who", **NEW, acronym="WHO-IRQ")
    now = _one(settings, "who")
    assert now[[*NEW, "acronym"]].to_dict() == NEW | {"acronym": "WHO-IRQ"}
    assert now.drop([*NEW, "acronym"]).equals(before.drop([*NEW, "acronym"])), "nothing else has changed"
    assert flow.registry_seen(settings, "who") == done
    told = flow.decisions(settings).iloc[0]
    assert (told["who"], told["kind"], told["subject"]) == ("registry", "registry", "who")
    flow.undo_decision(settings, done)
    assert _one(settings, "who").equals(before) and flow.registry_seen(settings, "who") == 0


def test_lists_are_kept_in_order_and_codes_in_small_letters(settings: Settings) -> None:
    _correct(settings, "who", registration="Kurdistan; federal;federal", functions="", aliases="b; a;a")
    _correct(settings, "who", founded="١٩٤٨")
    kept = _one(settings, "who")[["registration", "aliases", "founded"]]
    assert kept.to_list() == ["federal;kurdistan", "a;b", "1948"]


def test_a_form_in_which_nothing_differs_is_no_decision(settings: Settings) -> None:
    assert _correct(settings, "who", acronym=_one(settings, "who")["acronym"], founded=" ") == 0
    assert flow.decisions(settings).empty


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("founded", "91", "registry_year"),
        ("founded", "1791", "registry_year"),
        ("founded", "2099", "registry_year"),
        ("founded", "1991.0", "registry_year"),
        ("registration", "moon;federal", "registry_registration_unknown"),
        ("functions", "helping", "registry_functions_unknown"),
        ("type", "goat", "registry_type_unknown"),
        ("acronym", "UNICEF", "registry_name_taken"),
    ],
)
def test_a_value_that_cannot_be_is_told_in_every_language_and_not_kept(
    untouched: tuple[Settings, flow.Data], column: str, text: str, code: str
) -> None:
    fault = _refused(untouched, "who", {column: text, "name_ckb": "ڕێکخراوی نوێ"})
    assert isinstance(fault, Faults) and list(fault.problems["code"]) == [code]
    for lang in LANGUAGES:
        assert "problem." not in fault.told(lang) and text.split(";")[0] in fault.told(lang)


def test_an_organisation_must_keep_a_name_in_some_language(untouched: tuple[Settings, flow.Data]) -> None:
    fault = _refused(untouched, "who", {"name_en": "", "name_ar": "", "name_ckb": ""})
    assert isinstance(fault, Faults) and list(fault.problems["code"]) == ["registry_name_missing"]


@pytest.mark.parametrize(
    ("org_id", "column", "key"),
    [("nobody", "founded", "organisation_unknown"), ("who", "credibility", "registry_column"),
     ("who", "org_id", "registry_column")],
)  # fmt: skip
def test_who_or_what_does_not_exist_is_refused(
    untouched: tuple[Settings, flow.Data], org_id: str, column: str, key: str
) -> None:
    assert _refused(untouched, org_id, {column: "1991"}).key == key


def test_two_people_at_once_lose_nothing_and_the_later_one_is_told(settings: Settings) -> None:
    data = flow.load(settings)
    seen = flow.registry_seen(settings, "who")
    flow.correct_organisation(data, settings, "who", {"founded": "1948"}, seen=seen, who="one")
    with pytest.raises(Outdated) as error:
        flow.correct_organisation(data, settings, "who", {"founded": "1949"}, seen=seen, who="two")
    assert "one" in error.value.told("en")
    assert _one(settings, "who")["founded"] == "1948"


def test_a_newcomer_becomes_registered_and_files_go_on_finding_it(settings: Settings) -> None:
    (palm,) = flow.load(settings).newcomers["org_id"]
    _correct(settings, palm, name_en="Society of the Palm Grove", type="cso", founded="2004")
    told = _one(settings, palm)
    assert (told["status"], told["founded"]) == ("registered", "2004")
    assert told["aliases"] == "Palm Grove Society" and told["activities"] == 1


@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
def test_the_new_columns_go_out_and_come_back_in(settings: Settings, kind: str) -> None:
    _correct(settings, "unicef", **NEW)
    table = flow.analyse(flow.load(settings), "organisations", Query())
    path = settings.home.parent / f"registry{kind}"
    export.save(table, path)
    assert flow.import_registry(path, settings).decision_id == 0, "nothing was changed in it"
    changed = table.astype(object)
    changed.loc[changed["org_id"] == "who", ["registration", "founded", "functions"]] = [
        "abroad", 1948, "policy_evidence;advocacy",
    ]  # fmt: skip
    export.save(changed, path)
    done = flow.import_registry(path, settings)
    assert done.changed == ("who",)
    now = _one(settings, "who")
    assert now[list(NEW)].to_list() == ["abroad", "1948", "advocacy;policy_evidence"]
    assert _one(settings, "unicef")[list(NEW)].to_dict() == NEW


def test_a_file_of_before_that_lacks_the_new_columns_leaves_them(settings: Settings) -> None:
    _correct(settings, "who", **NEW)
    path = settings.home.parent / "few.csv"
    path.write_text("org_id,acronym\nwho,WHO-IRQ\n", "utf-8")
    assert flow.import_registry(path, settings).changed == ("who",)
    assert _one(settings, "who")[[*NEW, "acronym"]].to_dict() == NEW | {"acronym": "WHO-IRQ"}


def test_a_decision_of_before_there_were_the_new_columns_still_holds(settings: Settings) -> None:
    names = {"name_en": "World Health", "name_ar": "", "name_ckb": "", "acronym": "WHO", "type": "un"}
    Decisions(settings).decide("registry", "who", names | {"aliases": "W.H.O."})
    told = _one(settings, "who")
    assert told["name_en"] == "World Health"
    assert told[list(NEW)].to_list() == ["", "", ""], "not known, and not a fault"
    _correct(settings, "who", founded="1948")
    assert _one(settings, "who")[["name_en", "founded"]].to_list() == ["World Health", "1948"]
