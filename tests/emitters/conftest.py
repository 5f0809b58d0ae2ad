"""Settings for the properties of the emitters."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A whole document is a large example, and no test here is about time.
settings.register_profile(
    "documents", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("documents")
