"""The filters and levels of the command line: the same options wherever a question is asked."""

import datetime as dt
from dataclasses import fields
from typing import Annotated

import typer

from csomap.errors import BadInput
from csomap.i18n import t
from csomap.tables import known
from csomap.tables.query import Query

Sector = Annotated[str, typer.Option(help=t("cli.option.sector"))]
Topic = Annotated[str, typer.Option(help=t("cli.option.topic"))]
Service = Annotated[str, typer.Option(help=t("cli.option.service"))]
Population = Annotated[str, typer.Option(help=t("cli.option.population"))]
Place = Annotated[str, typer.Option(help=t("cli.option.place"))]
OrganisationType = Annotated[str, typer.Option(help=t("cli.option.organisation_type"))]
From = Annotated[str | None, typer.Option("--from", help=t("cli.option.from"))]
To = Annotated[str | None, typer.Option("--to", help=t("cli.option.to"))]
ServiceLevel = Annotated[str, typer.Option(help=t("cli.option.service_level"))]
AreaLevel = Annotated[str, typer.Option(help=t("cli.option.area_level"))]
AsOf = Annotated[str | None, typer.Option(help=t("cli.option.as_of"))]
MinDays = Annotated[int, typer.Option(help=t("cli.option.min_days"))]


def day(text: str | None, *, last: bool = False) -> dt.date | None:
    """Read 2021-01-31 or 2021-01; a month is its first day, or its last."""
    if text is None:
        return None
    try:
        if len(text) == len("2021-01"):
            month = dt.date.fromisoformat(f"{text}-01")
            return known.last_day(month) if last else month
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput("date_argument", value=text) from None


def query_of(ctx: typer.Context) -> Query:
    """Return the checked query of a command's filters and levels; raises BadInput for what does not exist."""
    told = ctx.params
    names = {field.name for field in fields(Query)} - {"start", "end", "as_of"}
    given = {name: value for name, value in told.items() if name in names}
    return Query(
        start=day(told["from_"]),
        end=day(told["to"], last=True),
        as_of=day(told.get("as_of"), last=True),
        **given,
    ).checked()
