"""How evenly presence is spread: a small world by hand, the sample, the real file, the command line."""

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from csomap import cli, flow
from csomap.analysis import equity
from csomap.analysis.needs import needs
from csomap.errors import BadInput
from csomap.settings import Settings, rules
from csomap.tables import fairness_schemas, schemas
from csomap.tables.places import areas_within, regions
from csomap.tables.query import Query
from tests.flow.forms import loaded, row

ASKED = Query(sector="health", service_level="sector")
# Reed is three months in Ninewa, Palm two in Ninewa and one in Basrah; of Anbar only water is reported.
WORLD = (
    row(organisation="Reed Boat Union", pcode="IQG15Q05", start="2021-01", end="2021-03"),
    row(organisation="Palm Grove Society", pcode="IQG15Q01", start="2021-02", end="2021-03"),
    row(organisation="Palm Grove Society", pcode="IQG02Q01", start="2021-03", end="2021-03"),
    row(organisation="Olive Tree Union", service="wash", pcode="IQG01Q01", start="2021-01", end="2021-12"),
)


def _people() -> "pd.Series[float]":
    table = needs()
    chosen = table[(table["indicator"] == "population") & (table["pcode"].str.len() == 5)]
    return chosen.set_index("pcode")["value"].reindex(areas_within("1"))


def _one(found: pd.DataFrame) -> "pd.Series[object]":
    assert len(found) == 1
    return found.iloc[0]


def test_a_small_world_by_hand(tmp_path: Path) -> None:
    found = _one(flow.find_inequality(loaded(tmp_path, *WORLD), ASKED))
    people = _people()
    months = pd.Series(0.0, index=people.index)
    months["IQG15"], months["IQG02"] = 5, 1
    assert (found["service"], found["indicator"]) == ("health", "population")
    assert (found["areas"], found["silent"], found["unknown"]) == (18, 15, 0)
    assert (found["organisations"], found["org_months"]) == (2, 6)
    order = (months / people).sort_values().index
    x, y = (people[order] / people.sum()).cumsum(), (months[order] / 6).cumsum()
    area = ((x - x.shift(fill_value=0)) * (y + y.shift(fill_value=0))).sum()
    assert found["gini"] == pytest.approx(1 - area)
    told = ["IQG01", "IQG02", "IQG15"]
    assert found["gini_told"] == pytest.approx(equity.gini(months[told], people[told]))
    y_, x_ = months[months > 0] / 6, people[months > 0] / people.sum()
    assert found["theil"] == pytest.approx((y_ * np.log(y_ / x_)).sum())
    assert found["theil"] == pytest.approx(found["theil_between"] + found["theil_within"])


def test_the_curve_names_the_governorate_behind_each_point(tmp_path: Path) -> None:
    curve = flow.find_lorenz(loaded(tmp_path, *WORLD), ASKED, "health", "ar")
    assert list(curve["pcode"][-2:]) == ["IQG02", "IQG15"] and len(curve) == 18
    assert list(curve["region"][-2:]) == ["south", "north"]
    assert curve["presence_share"].iloc[-2] == pytest.approx(1 / 6)
    assert curve["people_share"].iloc[-1] == pytest.approx(1)
    assert curve["area_name"].iloc[-1] == "نينوى"
    assert curve["org_months_per_100k"].iloc[-1] == pytest.approx(5 / _people()["IQG15"] * 100_000)


def test_where_nobody_is_known_to_be_there_is_no_index_and_no_curve(tmp_path: Path) -> None:
    data = loaded(tmp_path, *WORLD)
    asked = Query(topic="palliative")
    found = _one(flow.find_inequality(data, asked))
    assert found["org_months"] == 0 and found[["gini", "gini_low", "gini_told", "theil"]].isna().all()
    assert flow.find_lorenz(data, asked, "palliative").empty


def test_a_group_without_figures_has_no_index(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(population_group="refugee"))
    found = _one(flow.find_inequality(data, ASKED.but(population="refugee")))
    assert found["areas"] == 0 and pd.isna(found["gini"])
    assert flow.find_lorenz(data, ASKED.but(population="refugee"), "health").empty


def test_one_organisation_has_an_index_and_no_interval(tmp_path: Path) -> None:
    found = _one(flow.find_inequality(loaded(tmp_path, row()), ASKED))
    assert found["gini"] > 0.9 and pd.isna(found["gini_low"]) and pd.isna(found["gini_high"])


def test_coarser_reports_that_could_be_it_are_told_apart(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(), row(organisation="Reed Boat Union", service="health", pcode="IQG02Q01"))
    found = flow.find_inequality(data, Query(sector="health", service_level="topic"))
    there = found.loc[found["org_months"] > 0, "unknown"]
    assert list(there) == [1]  # Basrah: somebody works on health there, nobody says on what
    assert set(found.loc[found["org_months"] == 0, "unknown"]) == {1}


def test_who_does_not_say_for_whom_is_not_among_the_organisations_of_a_group(tmp_path: Path) -> None:
    data = loaded(tmp_path, row(), row(organisation="Reed Boat Union", population_group=""))
    found = _one(flow.find_inequality(data, ASKED.but(population="idp")))
    assert (found["indicator"], found["organisations"], found["org_months"]) == ("idp", 1, 3)
    assert _one(flow.find_inequality(data, ASKED))["organisations"] == 2


def test_a_place_is_refused(tmp_path: Path) -> None:
    data = loaded(tmp_path, row())
    for ask in (flow.find_inequality, lambda data, query: flow.find_lorenz(data, query, "health")):
        with pytest.raises(BadInput) as error:
            ask(data, ASKED.but(place="IQG15"))
        assert error.value.key == "inequality_place"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> flow.Data:
    return flow.load(Settings(tmp_path_factory.mktemp("sample")))


@pytest.mark.parametrize("level", ["sector", "topic", "service"])
def test_in_the_sample_organisations_add_up_to_the_presence_of_coverage(
    sample: flow.Data, level: str
) -> None:
    query = Query(service_level=level, area_level="1")  # type: ignore[arg-type]
    covered = flow.find_coverage(sample, query)
    found = flow.find_inequality(sample, query).set_index("service")
    assert schemas.valid(fairness_schemas.EQUITY, found.reset_index()).equals(found.reset_index())
    months = covered.groupby("service")["org_months"].sum()
    assert dict(found["org_months"]) == dict(months) and months.sum() > 500
    there = found["org_months"] > 0
    assert found.loc[there, "gini"].between(0, 1, inclusive="left").all()
    assert found.loc[~there, "gini"].isna().all()
    interval = found[found["organisations"] > 1]
    assert len(interval) and (interval["gini_low"] <= interval["gini_high"]).all()


def _interval(data: flow.Data, query: Query, covered: pd.DataFrame) -> tuple[float, float]:
    """Work the interval out month by month from the activities, one organisation after the other."""
    window = flow.window(data, query)
    seen = flow.find_active(data, window)
    seen = seen[seen["pcode"].str.len() >= 5]
    told = {
        (line["organisation"], line["pcode"][:5], month)
        for line in seen.to_dict("records")
        for month in pd.period_range(line["start"], line["end"], freq="M")
    }
    table = pd.DataFrame(list(told), columns=["organisation", "pcode", "month"])
    months = table.pivot_table(
        index="organisation", columns="pcode", values="month", aggfunc="count", fill_value=0
    )
    months = months.reindex(columns=covered["pcode"], fill_value=0)
    assert (months.sum().to_numpy() == covered["org_months"].to_numpy()).all()
    rule = rules()["fairness"]
    return equity.bootstrap(months, covered["people_in_need"], rule["draws"], rule["seed"])


def test_health_in_the_real_file(real_data: flow.Data) -> None:
    data = real_data
    found = _one(flow.find_inequality(data, ASKED))
    covered = flow.find_coverage(data, ASKED.but(area_level="1"))
    region = list(regions().set_index("pcode")["region"].reindex(covered["pcode"]))
    assert found["gini"] == pytest.approx(equity.gini(covered["org_months"], covered["people_in_need"]))
    assert found["gini"] == pytest.approx(0.621, abs=5e-4)
    assert found["theil"] == pytest.approx(
        equity.theil(covered["org_months"], covered["people_in_need"], region)[0]
    )
    assert found["theil_between"] / found["theil"] == pytest.approx(0.907, abs=5e-3)
    assert (found["gini_low"], found["gini_high"]) == pytest.approx(
        _interval(data, ASKED, covered), abs=1e-12
    )
    assert (found["silent"], found["organisations"], found["org_months"]) == (0, 32, 730)


def test_the_command_line_tells_the_same(real_data: flow.Data, real_home: Path) -> None:
    data, settings = real_data, Settings(real_home)
    command = "table inequality --sector health --service-level sector --home"
    told = CliRunner().invoke(cli.app, [*command.split(), str(settings.home)])
    assert told.exit_code == 0, told.output
    (line,) = csv.DictReader(io.StringIO(told.stdout))
    assert list(line) == schemas.columns(fairness_schemas.EQUITY)
    assert float(line["gini_high"]) == pytest.approx(_one(flow.find_inequality(data, ASKED))["gini_high"])
    command = "table reporting --sector health --home"
    told = CliRunner().invoke(cli.app, [*command.split(), str(settings.home)])
    lines = list(csv.DictReader(io.StringIO(told.stdout)))
    assert list(lines[0]) == schemas.columns(fairness_schemas.REPORTING) and len(lines) == 32
