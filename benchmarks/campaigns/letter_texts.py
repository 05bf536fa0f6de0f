"""The letters that are measured: one page each, every address another."""

from __future__ import annotations

SUBJECT = "Danke-Aktion: Machen Sie mit"
PARAGRAPHS = (
    "Sehr geehrte Frau Dr. Beispiel,",
    "Familien in unserem Landkreis finden Halt, weil Menschen wie Sie für sie da sind. Dafür "
    "danken wir Ihnen von Herzen. Vom 1. Juni bis 20. September laden wir alle Partnerinnen und "
    "Partner ein, unsere Aktion mitzugestalten, Material zu bestellen und zu zeigen, was bei "
    "Ihnen geschieht.",
    "Postkarten, Plakate und Stoffbeutel bekommen Sie kostenfrei. Bitte bestellen Sie bis zum "
    "13. Mai. Wenn Sie selbst etwas planen, ein Fest, ein offenes Frühstück oder einen Nachmittag "
    "mit Basteln, dann melden Sie es uns: Wir zeigen es auf unserer Seite.",
    "Sie haben Fragen? Rufen Sie uns gern an.",
    "Mit herzlichen Grüßen",
    "Jana Wolfram",
)


def address(number: int) -> list[str]:
    """Five lines; postal codes in no order."""
    return [
        f"Haus Wiesenpfad {number}",
        "Koordination Frühe Hilfen",
        "Frau Dr. Anna-Lena von der Heide-Müller",
        f"Obermarkt {number}",
        f"{number * 7919 % 90_000 + 10_000} Freiberg",
    ]


def link(number: int) -> str:
    """A personal link, as long as they are."""
    return f"https://netz.example.org/mittelsachsen/p/{number:08d}{'AbCdEfGhIj' * 4}/"
