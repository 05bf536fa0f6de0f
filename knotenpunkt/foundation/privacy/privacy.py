"""The log of nightly deletions: it holds nobody, and ends like everything else."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from knotenpunkt.foundation.core.personal_data import Expired, Holding, deleted
from knotenpunkt.foundation.privacy.models import NightlyDeletion

KEPT = timedelta(days=730)
HOLDINGS: tuple[Holding, ...] = ()


def expire() -> list[Expired]:
    """Two years show that it runs."""
    old = NightlyDeletion.objects.filter(run_at__lt=timezone.now() - KEPT)
    return [deleted("lines of this log", old, by="run_at")]
