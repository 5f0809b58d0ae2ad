"""Settings for the properties of the emitters, and the taxonomy package."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from yusuan.emitters.xbrl import taxonomy

# A whole document is a large example, and no test here is about time.
settings.register_profile(
    "documents", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("documents")


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The taxonomy package."""
    path = tmp_path_factory.mktemp("taxonomy") / f"{taxonomy.folder()}.zip"
    path.write_bytes(taxonomy.package())
    return path
