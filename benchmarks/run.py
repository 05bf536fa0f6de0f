"""Everything, one part after the other, each in a process of its own: `python -m benchmarks.run`.

On PostgreSQL: `python -m scripts.postgresql python -m benchmarks.run`.
"""

from __future__ import annotations

import subprocess
import sys

PARTS = (
    "search.quality",
    "search.latency",
    "search.suggestions",
    "imports",
    "pages",
    "lists",
    "duplicates",
    "campaigns.letters",
    "campaigns.sharing",
    "start_up",
)


def main() -> None:
    """Run all parts; fail when one fails, after the others have had their turn."""
    failed = []
    for part in PARTS:
        print(f"\n── {part} ".ljust(100, "─"), flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=False).returncode:
            failed.append(part)
    if failed:
        sys.exit(f"These parts failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
