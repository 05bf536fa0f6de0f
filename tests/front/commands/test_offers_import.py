"""`knotenpunkt offers import` refuses what it could not finish."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.offers import offers
from knotenpunkt.registers.offers.models import Offer


def test_a_report_that_cannot_be_written_is_told_before_anything(
    network_a: Network, tmp_path: Path
) -> None:
    (tmp_path / "liste.csv").write_text("Angebot;Träger\nTreff;Verein\n", encoding="utf-8")
    command = ["import", str(tmp_path / "liste.csv"), "--network", network_a.slug, "--report"]
    refused = CliRunner().invoke(offers, [*command, str(tmp_path / "fehlt" / "bericht.csv")])
    assert refused.exit_code == 2
    assert "bericht.csv" in refused.output and "Traceback" not in refused.output
    with in_network(network_a):
        assert not Offer.objects.exists()


def test_a_refused_list_leaves_no_empty_report(network_a: Network, tmp_path: Path) -> None:
    report = tmp_path / "bericht.csv"
    command = ["import", str(tmp_path / "fehlt.csv"), "--network", network_a.slug]
    refused = CliRunner().invoke(offers, [*command, "--report", str(report)])
    assert (refused.exit_code, report.exists()) == (2, False)
