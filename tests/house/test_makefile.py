"""What `make` promises whoever tries the product."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.house.repository import ROOT


@pytest.mark.parametrize(("given", "port"), [([], "8000"), (["PORT=8123"], "8123")])
def test_make_start_serves_on_the_port_that_is_asked_for(
    given: list[str], port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORT", raising=False)
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    asked = ["make", "--dry-run", "-C", str(ROOT), "start", *given]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert f"knotenpunkt serve --port {port}\n" in told
