"""The minutes of a meeting: what was on the agenda, what was decided and agreed, and what is not known."""

import datetime as dt

import pandas as pd

from csomap import flow
from csomap.errors import BadInput
from csomap.flow import Action, Data, Meeting, MeetingRecord, iraqi_day, iraqi_time, names
from csomap.i18n import clauses, date
from csomap.reports import asked, meeting_words, minuted_gaps, section_notes
from csomap.reports.document import Document, Section
from csomap.reports.reading import Reading
from csomap.settings import Settings
from csomap.tables.codes import query_of
from csomap.tables.known import newest_month

_NAMED = 5


def minutes(data: Data, meeting: Meeting, lang: str, *, settings: Settings, moment: dt.datetime) -> Document:
    """Return the minutes of a meeting in a language; of one that runs, as far as `moment` (UTC).

    data: as pages may show it (`flow.for_pages`), with the verdicts that hold. Overlaps that wait and gaps
    are those of the data now; verdicts and actions are as they stood when the meeting ended. Raises BadInput
    where one of meeting and data is the fictional sample and the other is not.
    """
    if meeting.is_sample != data.is_sample:
        raise BadInput("meeting_sample", title=meeting.title)
    view, is_dated = _reading(data, meeting, lang)
    record = flow.meeting_record(data, settings, meeting, moment)
    return Document(
        title=view.t("meeting.minutes.title", title=meeting.title),
        subtitle=_when(view, record),
        lang=lang,
        sections=(
            _agenda(view, record, is_dated=is_dated),
            _verdicts(view, record),
            _agreed(view, record),
            _earlier(view, record),
            *(minuted_gaps.sections(view, data, view.query) if is_dated else ()),
            _unknown(view, record),
        ),
        notes=(*section_notes.notes(view), view.t("meeting.late_means")),
        banner=view.t("frame.sample") if data.is_sample else "",
    )


def file_name(meeting: Meeting, lang: str, kind: str) -> str:
    """Return what the file of minutes is called: csomap-minutes-<day>-<id>-<language>.<kind>."""
    return f"csomap-minutes-{iraqi_day(meeting.started)}-{meeting.id}-{lang}.{kind}"


def _reading(data: Data, meeting: Meeting, lang: str) -> tuple[Reading, bool]:
    """Return who reads what of the meeting's own filters, and whether any report has a date."""
    query = query_of(meeting.filters)
    if newest_month(data.reports, data.as_of) is None:
        return Reading(data, query, query, lang), False
    window = flow.window(data, query)
    return Reading(data, window, flow.opening(data, window), lang), True


def _when(view: Reading, record: MeetingRecord) -> str:
    meeting = record.meeting
    told = {"day": date(iraqi_day(meeting.started), view.lang), "start": iraqi_time(meeting.started)}
    key = "when" if meeting.ended else "when_running"
    words = view.t(f"meeting.minutes.{key}", **told, end=iraqi_time(record.until))
    return f"{words} {names.plain(asked.sentence(view, view.query))}"


def _agenda(view: Reading, record: MeetingRecord, *, is_dated: bool) -> Section:
    told = [
        view.t("meeting.minutes.agenda.settled", count=len(record.settled)),
        view.t("meeting.minutes.agenda.open", count=len(record.open), late=len(record.late)),
        view.t("meeting.minutes.agenda.verdicts", count=len(record.verdicts)),
        _waiting(view) if is_dated else view.t("frame.nothing_dated"),
        view.t("meeting.minutes.agenda.agreed", count=len(record.agreed)),
    ]
    return Section(view.t("meeting.minutes.agenda.title"), tuple(told))


def _waiting(view: Reading) -> str:
    """Say how many overlaps wait for a verdict now, at the levels at which pages open."""
    said = view.standings
    waiting = said.loc[said["verdict"] == "undecided", "overlap_id"].nunique()
    return view.t("meeting.minutes.agenda.waiting", count=int(waiting))


def _verdicts(view: Reading, record: MeetingRecord) -> Section:
    title, told = view.t("meeting.minutes.verdicts.title"), record.verdicts
    if told.empty:
        return Section(title, (view.t("meeting.minutes.verdicts.none"),))
    rows = [
        {
            view.t("table.org_ids"): names.organisations(view, f"{one['org_a']};{one['org_b']}"),
            view.t("meeting.column.about"): meeting_words.cell(view, one),
            view.t("table.verdict"): view.t(f"overlap.verdict.{one['verdict']}"),
            view.t("table.note"): one["note"],
            view.t("table.who"): one["who"],
            view.t("meeting.column.since"): view.t(f"meeting.since.{one['status']}"),
        }
        for one in told.to_dict("records")
    ]
    means = (view.t("meeting.minutes.verdicts.means"), view.t("meeting.minutes.verdicts.taken_back"))
    return Section(title, means, _table(rows))


def _agreed(view: Reading, record: MeetingRecord) -> Section:
    title = view.t("meeting.minutes.agreed.title")
    if not record.agreed:
        return Section(title, (view.t("meeting.minutes.agreed.none"),))
    return Section(title, (), _table([_line(view, record, one) for one in record.agreed]))


def _earlier(view: Reading, record: MeetingRecord) -> Section:
    """Return what earlier meetings had agreed: settled in this one first, then late, then open."""
    title, told = view.t("meeting.minutes.earlier.title"), [*record.settled, *record.open]
    if not told:
        return Section(title, (view.t("meeting.minutes.earlier.none"),))
    agreed = view.t("meeting.column.agreed")
    rows = [_line(view, record, one) | {agreed: date(iraqi_day(one.agreed), view.lang)} for one in told]
    return Section(title, (), _table(rows))


def _line(view: Reading, record: MeetingRecord, action: Action) -> dict[str, str]:
    return {
        view.t("meeting.column.what"): action.what,
        view.t("meeting.column.who"): meeting_words.who(view, action),
        view.t("meeting.column.by"): meeting_words.by_when(view, action),
        view.t("meeting.column.status"): meeting_words.standing(view, action, record.day),
        view.t("meeting.column.about"): meeting_words.about(view, action.about),
    }


def _unknown(view: Reading, record: MeetingRecord) -> Section:
    """Say what the minutes leave open: who does it, by when, who said it."""
    still_open = [one for one in (*record.agreed, *record.open) if one.status == "open"]
    nobody = [one.what for one in still_open if not (one.organisation or one.role)]
    no_day = [one.what for one in still_open if one.by is None]
    unsigned = int((record.verdicts["who"] == meeting_words.NOBODY).sum())
    told = [
        *_named(view, "nobody", nobody),
        *_named(view, "no_day", no_day),
        *([view.t("meeting.minutes.unknown.unsigned", count=unsigned)] if unsigned else []),
        view.t("meeting.minutes.unknown.absent"),
    ]
    return Section(view.t("meeting.minutes.unknown.title"), tuple(told))


def _named(view: Reading, key: str, whats: list[str]) -> list[str]:
    if not whats:
        return []
    more = ["…"] if len(whats) > _NAMED else []
    shown = clauses([*(names.isolated(what) for what in whats[:_NAMED]), *more], view.lang)
    return [view.t(f"meeting.minutes.unknown.{key}", count=len(whats), whats=shown)]


def _table(rows: list[dict[str, str]]) -> pd.DataFrame:
    return minuted_gaps.plain(pd.DataFrame(rows, dtype=object))
