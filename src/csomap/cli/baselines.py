"""The command line for change: named baselines, and what a comparison is with."""

from collections.abc import Mapping
from typing import Annotated, Any

import pandas as pd
import typer

from csomap import flow
from csomap.cli.filters import From, To, day
from csomap.cli.frame import Home, Out, check_out, kindly, write
from csomap.errors import BadInput
from csomap.i18n import t
from csomap.settings import Settings
from csomap.tables.query import Query

baseline_app = typer.Typer(help=t("cli.baseline"), no_args_is_help=True)

BeforeFrom = Annotated[str | None, typer.Option("--before-from", help=t("cli.option.before_from"))]
BeforeTo = Annotated[str | None, typer.Option("--before-to", help=t("cli.option.before_to"))]
BeforeImport = Annotated[str, typer.Option("--before-import", help=t("cli.option.before_import"))]
BeforeBaseline = Annotated[str, typer.Option("--before-baseline", help=t("cli.option.before_baseline"))]
NowImport = Annotated[str, typer.Option("--now-import", help=t("cli.option.now_import"))]
ForOrganisation = Annotated[str, typer.Option("--organisation", help=t("cli.option.for_organisation"))]
Name = Annotated[str, typer.Argument(help=t("cli.option.baseline_name"))]
Who = Annotated[str, typer.Option(help=t("cli.option.who"))]

_OWN = {
    "change": ("before_from", "before_to", "before_import", "before_baseline", "now_import"),
    "where-next": ("for_organisation",),
}


@baseline_app.command("keep", help=t("cli.command.baseline_keep"))
@kindly
def keep(name: Name, from_: From = None, to: To = None, who: Who = "", home: Home = None) -> None:
    settings = Settings.from_environment(home)
    query = Query(start=day(from_), end=day(to, last=True)).checked()
    made = flow.keep_baseline(settings, flow.load(settings, sample=False), name, who, query)
    typer.echo(t("cli.decided", id=str(made)))


@baseline_app.command("list", help=t("cli.command.baseline_list"))
@kindly
def list_(out: Out = None, home: Home = None) -> None:
    check_out(out)
    write(flow.baselines(Settings.from_environment(home)), out)


@baseline_app.command("drop", help=t("cli.command.baseline_drop"))
@kindly
def drop(name: Name, who: Who = "", home: Home = None) -> None:
    dropped = flow.drop_baseline(Settings.from_environment(home), name, who)
    typer.echo(t("cli.baseline_dropped", id=str(dropped)))


@baseline_app.command("restore", help=t("cli.command.baseline_restore"))
@kindly
def restore(
    baseline_id: Annotated[int, typer.Argument(help=t("cli.option.baseline_id"))],
    who: Who = "",
    home: Home = None,
) -> None:
    made = flow.restore_baseline(Settings.from_environment(home), baseline_id, who)
    typer.echo(t("cli.decided", id=str(made)))


def own_table(
    name: str, told: Mapping[str, Any], settings: Settings, data: flow.Data, query: Query
) -> pd.DataFrame:
    """Return a table of flow.TABLES, with what change and where-next ask for beside the filters.

    Raises BadInput where another table is given what only these two understand.
    """
    _check_own(name, told)
    if name == "change" and any(told[option] for option in _OWN["change"]):
        return flow.find_change(*_sides(told, settings, data), query)
    if name == "where-next" and told["for_organisation"]:
        return flow.find_where_next(data, query, told["for_organisation"])
    return flow.analyse(data, name, query)


def _check_own(name: str, told: Mapping[str, Any]) -> None:
    own = _OWN.get(name, ())
    strange = [one for one in (*_OWN["change"], *_OWN["where-next"]) if told[one] and one not in own]
    if strange:
        raise BadInput("option_of_table", option=_option(strange[0]), table=name)


def _option(name: str) -> str:
    return "--" + name.removeprefix("for_").replace("_", "-")


def _sides(told: Mapping[str, Any], settings: Settings, data: flow.Data) -> tuple[flow.Side, flow.Side]:
    if told["before_import"] and told["before_baseline"]:
        raise BadInput("before_twice")
    before = _earlier(told, settings, data)
    first, last = day(told["before_from"]), day(told["before_to"], last=True)
    if first or last:
        before = flow.Side(before.data, *_window(before, first, last))
    now = flow.import_side(settings, told["now_import"]) if told["now_import"] else flow.Side(data)
    return before, now


def _earlier(told: Mapping[str, Any], settings: Settings, data: flow.Data) -> flow.Side:
    if told["before_import"]:
        return flow.import_side(settings, told["before_import"])
    if told["before_baseline"]:
        return flow.baseline_side(settings, data, told["before_baseline"])
    if not (told["before_from"] and told["before_to"]):
        raise BadInput("before_missing")
    return flow.Side(data)


def _window(side: flow.Side, first: Any, last: Any) -> tuple[Any, Any]:
    return first or side.start, last or side.end
