"""Several runs of one thing, told by their least, their middle and their most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Spread:
    """Measured values of one kind, in one unit."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """A spread of at least one value."""
        return cls(tuple(sorted(values)))

    @property
    def median(self) -> float:
        """The middle one."""
        return float(np.median(self.values))

    def told(self, unit: str, digits: int = 1) -> str:
        """ "12.1 / 12.4 / 13.0 s" """
        shown = (self.values[0], self.median, self.values[-1])
        return " / ".join(f"{value:.{digits}f}" for value in shown) + f" {unit}"


def percentiles(values: Sequence[float]) -> tuple[float, float, float]:
    """p50, p95 and p99."""
    p50, p95, p99 = np.percentile(values, [50, 95, 99])
    return float(p50), float(p95), float(p99)
