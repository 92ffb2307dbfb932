"""How the property tests search: `pytest --hypothesis-profile quick` for a first look."""

from hypothesis import HealthCheck, Phase, settings

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("full", max_examples=150, derandomize=True, **_COMMON)
settings.register_profile("quick", max_examples=15, phases=[Phase.generate], **_COMMON)
settings.load_profile("full")
