"""Whether searches that speak of danger are heard: `python -m benchmarks.search.danger`.

For each kind: recall (of the texts that speak of it, how many were heard as such) and precision (of
those that were heard as such, how many speak of it), for each language whether a danger is heard
at all, over `judged/danger_tune.jsonl` and `danger_held.jsonl`, whose totals were looked at on the
way; with --closing also over rows that nothing was tuned on.
Intervals are Wilson's at 95 %. --failures names what differs (only of the half for tuning).

Always counted as well: in how many of the other wishes for tuning a danger is heard (--failures
names them; some are). With --sayings: how well the sayings of `danger_sayings.json` are heard by
those of the other folds, at several thresholds. The hardest harmless ones were chosen among many
for sounding like danger, so that these false alarms are far more than a family will meet.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import percentiles
from benchmarks.search.quality import interval
from knotenpunkt.registers.offers.danger import danger_in, kinds
from knotenpunkt.registers.offers.danger_meaning import ENOUGH, Hearing, Saying, hearing, sayings
from knotenpunkt.tools.search.encoder import encode_queries

JUDGED = Path(__file__).parent / "judged"
OTHERS = ("german", "languages", "wishes", "demo")
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Judgement:
    """One text, the kind of danger that it speaks of, and the one that was heard ("" for none)."""

    text: str
    language: str
    meant: str
    heard: str
    heard_in: str


def judgements(part: str) -> list[Judgement]:
    """Hear every text of a part, "tune", "held" or "closing"."""
    found = []
    for row in (JUDGED / f"danger_{part}.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(row)
        heard = danger_in(one["text"])
        found.append(
            Judgement(
                one["text"],
                one["language"],
                one["danger"] or "",
                heard.kind if heard else "",
                heard.language if heard else "",
            )
        )
    return found


def main() -> None:
    """Print the tables."""
    hearing()
    for part in ("tune", "held", "closing") if "--closing" in sys.argv else ("tune", "held"):
        _print_part(part, judgements(part))
    if "--failures" in sys.argv:
        print("\nHeard otherwise than meant:")
        for one in judgements("tune"):
            if one.meant != one.heard:
                print(f"  {one.language}  {one.text}  meant: {one.meant}  heard: {one.heard}")
    _print_others("--failures" in sys.argv)
    if "--sayings" in sys.argv:
        _print_sayings()
    _print_time()


def _print_others(by_name: bool) -> None:
    texts = [
        row.get("query") or row["text"]
        for name in OTHERS
        for row in map(json.loads, (JUDGED / f"{name}_tune.jsonl").open(encoding="utf-8"))
    ]
    heard = [(text, danger) for text in texts if (danger := danger_in(text))]
    print(f"\nHeard in other wishes: {_share(len(heard), len(texts))}")
    for text, danger in heard if by_name else ():
        print(f"  {danger.kind:9} {text}")


def _print_sayings() -> None:
    told = [one for fold in range(FOLDS) for one in _fold(fold)]
    print("\nSayings heard by those of the other folds, by meaning alone: danger, harmless")
    for enough in (0.0, ENOUGH, 0.3, 0.5):
        heard = [(one, sure >= enough) for one, sure in told]
        danger = [hit for one, hit in heard if one.kind]
        harmless = [hit for one, hit in heard if not one.kind]
        shares = [_share(sum(some), len(some)) for some in (danger, harmless)]
        print(f"  from {enough:.2f}    {shares[0]}   {shares[1]}")


def _fold(fold: int) -> list[tuple[Saying, float]]:
    every = sayings()
    known = Hearing.of([one for at, one in enumerate(every) if at % FOLDS != fold], encode_queries)
    asked = every[fold::FOLDS]
    found = [known.heard(one.text) for one in asked]
    return [(one, meant.sure if meant else -1.0) for one, meant in zip(asked, found, strict=True)]


def _print_part(part: str, judged: Sequence[Judgement]) -> None:
    print(f"\nDanger in {len(judged)} texts ({part}): precision, recall")
    for kind in kinds():
        right = sum(one.meant == one.heard == kind for one in judged)
        heard = sum(one.heard == kind for one in judged)
        meant = sum(one.meant == kind for one in judged)
        print(f"  {kind:12} {_share(right, heard)}   {_share(right, meant)}")
    print("  any danger, whatever its kind")
    for language in ("all", *sorted({one.language for one in judged})):
        some = [one for one in judged if language in ("all", one.language)]
        right = sum(bool(one.meant) and bool(one.heard) for one in some)
        heard, meant = (sum(bool(x) for x in xs) for xs in
                        ([one.heard for one in some], [one.meant for one in some]))  # fmt: skip
        print(f"  {language:12} {_share(right, heard)}   {_share(right, meant)}")
    both = [one for one in judged if one.meant and one.heard]
    answered = sum(one.language == one.heard_in for one in both)
    print(f"  answered in the language of the words: {_share(answered, len(both))}")


def _share(hits: int, total: int) -> str:
    if not total:
        return "–".ljust(26)
    low, high = interval(hits, total)
    return f"{hits / total:.2f} [{low:.2f}–{high:.2f}] {hits:>3}/{total:<3}"


def _print_time() -> None:
    took = []
    for row in (JUDGED / "danger_tune.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(row)["text"]
        danger_in(text)  # the search encodes it anyway
        started = time.perf_counter()
        danger_in(text)
        took.append(1000 * (time.perf_counter() - started))
    p50, p95, p99 = percentiles(took)
    print(f"\nHearing a text takes p50 {p50:.2f} ms, p95 {p95:.2f} ms, p99 {p99:.2f} ms.")


if __name__ == "__main__":
    main()
