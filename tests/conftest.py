"""How the property tests search (`pytest --hypothesis-profile quick` for a first look); the databases."""

import os

from hypothesis import HealthCheck, Phase, settings

os.environ.pop("CSOMAP_DATABASE_URL", None)  # what a test stores or clears is never somebody's own
# SQLite and PostgreSQL: `database_url`, `databases`, `postgresql`; the real file: `real_home`, `real_data`;
# which cases are run each time: turns
pytest_plugins = ["tests.databases", "tests.real", "tests.turns", "pytester"]

# "full" is what is run each time, "more" what is run before a change of the semantics lands
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("full", max_examples=15, derandomize=True, **_COMMON)
settings.register_profile("quick", max_examples=15, phases=[Phase.generate], **_COMMON)
settings.register_profile("more", max_examples=1500, **_COMMON)
settings.load_profile("full")
