"""Files of unknown layout: what their columns may be, and what people said of them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from csomap import importers
from csomap.flow.memory import recall
from csomap.i18n import keys, listing, t
from csomap.importers import guess_file, headers, profile, sheets
from csomap.importers.guess import GuessedColumn, Proposal, guess
from csomap.importers.guess_fit import Evidence
from csomap.importers.layout import find
from csomap.importers.problems import Problems
from csomap.importers.profile import Profile
from csomap.resolve import reference
from csomap.resolve.reports import to_reports
from csomap.settings import Settings
from csomap.store import exists
from csomap.store.mappings import Mappings


def propose(path: Path) -> Proposal:
    """Return what the columns of a file may be. Raises BadFile if it cannot be read or has no headers."""
    return guess(path)


def preview(
    proposal: Proposal,
    choices: Mapping[int, str],
    settings: Settings,
    period: importers.Days | None = None,
    rows: int = 20,
) -> pd.DataFrame:
    """Return the first rows of a file as they would be read with `choices` (column -> field).

    Columns: source_row, the chosen fields (RAW), and what is understood of three of them:
    understood_organisation (org_id), understood_service, understood_pcode; "" where it is not known.

    Raises BadFile where no column says who.
    """
    chosen, _ = find(
        [sheets.of_rows(proposal.sheet, proposal.head)], None, period is not None, proposal.profile(choices)
    )
    file = importers.Opened(chosen, period, "", Problems().table())
    read = next(file.blocks())[0].head(rows)
    resolved = to_reports(read, "", reference.resolvers(decided=recall(settings).decided), file.mapping)
    new = set(resolved.newcomers["org_id"])
    told = resolved.reports.set_index("source_row")[["organisation", "service", "pcode"]]
    told["organisation"] = told["organisation"].where(~told["organisation"].isin(new), "")
    understood = told.reindex(read["source_row"]).fillna("").add_prefix("understood_").reset_index(drop=True)
    shown = [name for name in read.columns if name in file.mapping]
    return pd.concat([read[["source_row", *shown]].reset_index(drop=True), understood], axis=1)


def proposal_table(proposal: Proposal, lang: str = "en") -> pd.DataFrame:
    """Return column, field, confidence (0-100), evidence for each column of the file."""
    rows = [
        (column.header, column.field, column.confidence, evidence(column.evidence, lang))
        for column in proposal.columns
    ]
    return pd.DataFrame(rows, columns=["column", "field", "confidence", "evidence"])


def proposal_file(proposal: Proposal, title: str, lang: str = "en") -> str:
    """Return a proposal as YAML for a person to correct; `title` is what the layout is called."""

    def told(column: GuessedColumn) -> str:
        reasons = evidence(column.evidence, lang)
        return (
            t("mapping.file.column", lang, n=column.confidence, evidence=reasons) if column.field else reasons
        )

    return guess_file.written(proposal, title, told, t("mapping.file.unused", lang))


def evidence(told: Iterable[Evidence], lang: str) -> str:
    """Return what speaks for and against a guess, in words."""
    return listing([_reason(key, values, lang) for key, values in told], lang)


def _reason(key: str, values: Mapping[str, Any], lang: str) -> str:
    named = {**values, "field": field_name(values["field"], lang)} if "field" in values else values
    return t(f"mapping.evidence.{key}", lang, **named)


def field_name(field: str, lang: str) -> str:
    """Return what a field is called on pages."""
    for key in (f"mapping.field.{field}", f"import.columns.field_name.{field}"):
        if key in keys("en"):
            return t(key, lang)
    return t(f"field.{field}", lang)


def mapping_of(path: Path, file: Path) -> tuple[Profile, dict[str, Any]]:
    """Return the mapping that `file` holds, as a profile for `path`, and its content.

    Raises BadInput if `file` is no mapping, BadFile if `path` cannot be read.
    """
    content = guess_file.read(file)
    return own_layout(path, content), content


def own_layout(path: Path, content: Mapping[str, Any]) -> Profile:
    """Return the profile of `content` under the name that files with these headers always have."""
    return headers.named(headers.of(path, headers.named("", content)), content)


def keep_mapping(path: Path, content: Mapping[str, Any], settings: Settings, who: str = "") -> int:
    """Keep how a file is read, for all files with its headers; return the id of the decision."""
    fingerprint = headers.of(path, headers.named("", content))
    return Mappings(settings).keep(fingerprint, content, path.name, who)


def kept_mappings(settings: Settings | None) -> dict[str, dict[str, Any]]:
    """Return the layouts that people chose, by the fingerprint of their headers; none without `settings`."""
    if settings is None or not exists(settings):
        return {}
    return Mappings(settings).kept()


def layout_title(name: str, settings: Settings) -> str:
    """Return the title of a layout, "" of one that was chosen by hand and is not kept."""
    if not name.startswith(headers.OWN):
        return profile.load(name).title
    known = ((headers.named(key, one), one) for key, one in kept_mappings(settings).items())
    return next((str(one["title"]) for found, one in known if found.name == name), "")
