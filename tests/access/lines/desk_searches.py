"""What families search, and a network's own words: members read, keepers of registers change."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Person, System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.desk.searches.word_history import last_removed
from knotenpunkt.tools.search.actions import remove_own_word, save_own_word
from knotenpunkt.tools.search.actions.counts import Tally, add_counts, key_of
from tests.access.table import EDITORS, MEMBERS, Line, moved


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A word, one that the editor has removed, and a search that is frequent."""
    editor = people["editor"]
    assert editor is not None
    actor = Person(editor, Role.EDITOR)
    word = save_own_word(actor=System("test"), said="Mukibu", means=["Mutter-Kind-Bus"])
    gone = save_own_word(actor=actor, said="Brotbus", means=["Lebensmittelausgabe"])
    gone_id = gone.pk
    remove_own_word(actor=actor, word=gone)
    entry = last_removed(actor, gone_id)
    assert entry is not None
    add_counts({("de", "Kinderarzt"): Tally(12, 4)})
    frequent = cast(UUID, key_of("Kinderarzt"))  # a word in the address, no UUID
    return {"own_word": word.pk, "removed_word": entry.pk, "frequent": frequent}


READING = MEMBERS | {"provider": 403}
UNKNOWN_TO_READERS = READING | dict.fromkeys(("reader", "editor", "coordinator"), 404)
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
REMOVER_ONLY = EDITORS | {"coordinator": 404}
POST_ONLY = dict.fromkeys(MEMBERS, 405)
FORMS = {
    "desk:search_settle", "desk:search_unsettle", "desk:word_new", "desk:words_read", "desk:word",
    "desk:word_remove", "desk:word_back",
}  # fmt: skip
WORD = {"said": "Brotwagen", "means": "Lebensmittelausgabe"}


def about(name: str, expected: dict[str, int], **more: object) -> Line:
    """A line on the frequent search."""
    return Line(name, expected, of="frequent", key="key", **more)  # type: ignore[arg-type]


def on_word(name: str, expected: dict[str, int], of: str = "own_word", **more: object) -> Line:
    """A line on an own word."""
    return Line(name, expected, of=of, key="word_id", **more)  # type: ignore[arg-type]


LINES = [
    Line("desk:searches", READING),
    Line("desk:searches", READING, query="teil=ohne-ergebnis&monat=2026-11&sprache=de"),
    Line("desk:searches", READING, query="teil=%00&monat=x&sprache=%25"),
    Line("desk:searches_file", READING, kwargs={"form": "csv"}),
    Line("desk:searches_file", READING, kwargs={"form": "xlsx"}),
    Line("desk:searches_file", UNKNOWN_TO_READERS, kwargs={"form": "pdf"}),
    about("desk:search_detail", READING),
    Line("desk:search_detail", UNKNOWN_TO_READERS, kwargs={"key": "0" * 64}),
    about("desk:search_settle", POST_ONLY),
    about("desk:search_settle", moved(EDITORS), method="post"),
    Line("desk:search_settle", UNKNOWN, method="post", kwargs={"key": "x"}),
    about("desk:search_unsettle", moved(EDITORS), method="post"),
    Line("desk:search_unsettle", UNKNOWN, method="post", kwargs={"key": "x"}),
    Line("desk:words", READING),
    Line("desk:words", READING, query="q=bus"),
    Line("desk:words_file", READING),
    Line("desk:shipped_words", READING),
    Line("desk:shipped_words", READING, query="q=schlaf&sprache=uk"),
    Line("desk:shipped_words", READING, query="q=%00&sprache=../../x"),
    Line("desk:word_new", EDITORS, query="wort=Mukibu"),
    Line("desk:word_new", EDITORS, method="post"),
    Line("desk:word_new", EDITORS, method="post", data=WORD | {"tun": "vorschau"}),
    # One after the other: the editor adds the word, the coordinator is told that it is there.
    Line("desk:word_new", EDITORS | {"editor": 302}, method="post", data=WORD),
    Line("desk:words_read", EDITORS),
    Line("desk:words_read", EDITORS, method="post", data={"text": "Brotwagen; Tafel"}),
    on_word("desk:word", EDITORS),
    on_word("desk:word", EDITORS, method="post"),
    on_word("desk:word", UNKNOWN, "invented"),
    on_word("desk:word_remove", EDITORS),
    on_word("desk:word_remove", EDITORS | {"editor": 302, "coordinator": 404}, method="post"),
    on_word("desk:word_remove", UNKNOWN, "invented"),
    Line("desk:word_back", REMOVER_ONLY, of="removed_word", key="entry_id"),
    Line("desk:word_back", moved(REMOVER_ONLY), of="removed_word", key="entry_id", method="post"),
    Line("desk:word_back", UNKNOWN, of="invented", key="entry_id"),
]
