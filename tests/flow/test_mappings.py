"""A file of unknown layout is read as people said, and next month's file by itself."""

from pathlib import Path

import pytest

from csomap import flow
from csomap.errors import BadFile
from csomap.flow import mappings
from csomap.i18n import LANGUAGES, keys
from csomap.importers.guess import FIELDS
from csomap.importers.guess_fit import KINDS
from csomap.settings import Settings

HEAD = "Nom du partenaire,Type de prestation,Gouvernorat,Mois,Remarques"
JANUARY = "Palm Grove Society,Immunisation,Ninewa,2021-01,bien"
FEBRUARY = "Palm Grove Society,Immunisation,Ninewa,2021-02,bien"


def _file(folder: Path, name: str, *rows: str, head: str = HEAD) -> Path:
    path = folder / name
    path.write_text("\n".join([head, *rows]), "utf-8")
    return path


def _kept(folder: Path) -> Settings:
    settings = Settings(folder / "home")
    path = _file(folder, "january.csv", JANUARY)
    proposal = mappings.propose(path)
    flow.ingest(path, settings, mapping=proposal.profile())
    mappings.keep_mapping(path, proposal.content(), settings)
    return settings


def test_an_unknown_layout_is_refused_until_somebody_says_what_its_columns_are(tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        flow.check(_file(tmp_path, "january.csv", JANUARY))


def test_next_months_file_is_recognised_whatever_its_name_and_order(tmp_path: Path) -> None:
    settings = _kept(tmp_path)
    told = flow.check(_file(tmp_path, "other.csv", FEBRUARY), settings=settings)
    assert told.mapping["organisation"] == "Nom du partenaire"
    moved = _file(
        tmp_path,
        "moved.csv",
        "2021-02,Palm Grove Society,Ninewa,bien,Immunisation",
        head="MOIS,Nom du partenaire,gouvernorat,Remarques,Type de prestation",
    )
    assert flow.check(moved, settings=settings).entry.accepted == 1


def test_two_months_of_one_layout_bear_the_same_name(tmp_path: Path) -> None:
    settings = _kept(tmp_path)
    earlier = flow.check(_file(tmp_path, "january.csv", JANUARY), settings=settings)
    later = flow.check(_file(tmp_path, "february.csv", FEBRUARY), settings=settings)
    assert earlier.entry.profile == later.entry.profile
    assert mappings.layout_title(later.entry.profile, settings) == "january.csv"


def test_another_installation_does_not_know_the_layout(tmp_path: Path) -> None:
    _kept(tmp_path)
    with pytest.raises(BadFile):
        flow.check(_file(tmp_path, "february.csv", FEBRUARY), settings=Settings(tmp_path / "elsewhere"))


def test_a_mapping_kept_for_known_headers_goes_before_the_named_layout(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    head = "organisation,service,pcode,start,funder"
    path = _file(
        tmp_path, "form.csv", "Palm Grove Society,immunisation,IQG15,2021-01,Lantern Fund", head=head
    )
    assert flow.check(path, settings=settings).entry.profile == "5w_plain"
    swapped = {
        "columns": {"organisation": {"headers": ["funder"]}, "start": {"headers": ["start"], "as": "date"}},
        "required": ["organisation"],
    }
    mappings.keep_mapping(path, swapped, settings)
    assert flow.check(path, settings=settings).mapping["organisation"] == "funder"
    assert flow.check(path, profile="5w_plain", settings=settings).mapping["organisation"] == "organisation"


def test_the_preview_shows_the_rows_and_what_is_understood_of_them(tmp_path: Path) -> None:
    path = _file(tmp_path, "january.csv", *[JANUARY] * 30)
    proposal = mappings.propose(path)
    rows = mappings.preview(proposal, proposal.choices, Settings(tmp_path / "home"))
    assert len(rows) == 20
    first = rows.iloc[0]
    assert (first["source_row"], first["organisation"], first["understood_organisation"]) == (
        2,
        "Palm Grove Society",
        "",
    )
    assert (first["understood_service"], first["understood_pcode"]) == ("immunisation", "IQG15")


def test_the_preview_understands_each_row_beside_itself_where_one_of_them_is_rejected(tmp_path: Path) -> None:
    nobody = JANUARY.removeprefix("Palm Grove Society")
    proposal = mappings.propose(_file(tmp_path, "january.csv", JANUARY, nobody, JANUARY))
    rows = mappings.preview(proposal, proposal.choices, Settings(tmp_path / "home"))
    assert rows["source_row"].tolist() == [2, 3, 4]
    assert rows["understood_service"].tolist() == ["immunisation", "", "immunisation"]


def test_the_preview_follows_what_a_person_chooses(tmp_path: Path) -> None:
    proposal = mappings.propose(_file(tmp_path, "january.csv", JANUARY))
    rows = mappings.preview(proposal, {0: "organisation", 4: "site"}, Settings(tmp_path / "home"))
    assert rows.loc[0, "site"] == "bien"
    assert "service" not in rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_and_every_evidence_has_words(lang: str, tmp_path: Path) -> None:
    assert all(not mappings.field_name(field, lang).startswith("field.") for field in FIELDS)
    proposal = mappings.propose(_file(tmp_path, "january.csv", JANUARY))
    told = mappings.proposal_table(proposal, lang)["evidence"]
    assert not told.str.contains("mapping.").any()


def test_every_kind_of_value_that_can_speak_has_words() -> None:
    told = {kind for field in KINDS.values() for kind in field.told}
    assert {f"mapping.evidence.values_{kind}" for kind in told} <= keys("en")
