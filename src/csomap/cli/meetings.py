"""The command line for meetings: which there were, and the minutes of one to take along."""

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from csomap import flow
from csomap.cli.frame import Home, Out, check_out, command, kindly, write
from csomap.cli.report import Kind, Language, kind_of
from csomap.i18n import t
from csomap.settings import Settings

meetings_app = typer.Typer(help=t("cli.meetings"), no_args_is_help=True)

MeetingId = Annotated[str, typer.Argument(help=t("cli.option.meeting_id"))]
MinutesFile = Annotated[Path | None, typer.Option("--out", help=t("cli.option.minutes_out"))]

COLUMNS = ["id", "title", "started", "ended", "filters", "agreed", "open", "is_sample"]


@meetings_app.command("list", help=t("cli.command.meetings_list"))
@kindly
def list_(out: Out = None, home: Home = None) -> None:
    check_out(out)
    settings = Settings.from_environment(home)
    agreed = [one for one in flow.actions(settings) if one.status != "withdrawn"]
    write(_listed(flow.meetings(settings), agreed), out)


@command("minutes")
def minutes(
    meeting_id: MeetingId,
    format_: Kind = "",
    lang: Language = "en",
    out: MinutesFile = None,
    home: Home = None,
) -> None:
    from csomap.reports import minutes as reports  # it brings writers along that other commands do without
    from csomap.reports import write as written

    kind, settings = kind_of(format_, lang, out), Settings.from_environment(home)
    meeting = flow.meeting_of(settings, meeting_id)
    data = flow.for_pages(flow.with_verdicts(flow.load(settings), settings))
    made = reports.minutes(data, meeting, lang, settings=settings, moment=flow.now())
    file = out or Path(reports.file_name(meeting, lang, kind))
    file.write_bytes(written(made, kind))
    typer.echo(t("cli.written", file=file.name))


def _listed(every: list[flow.Meeting], agreed: list[flow.Action]) -> pd.DataFrame:
    """Return a row for each meeting; times are UTC, filters as an address carries them."""
    rows = [
        {
            **{name: getattr(one, name) for name in ("id", "title", "started", "ended", "is_sample")},
            "filters": "&".join(f"{name}={code}" for name, code in one.filters.items()),
            "agreed": sum(action.meeting == one.id for action in agreed),
            "open": sum(action.meeting == one.id and action.status == "open" for action in agreed),
        }
        for one in every
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
