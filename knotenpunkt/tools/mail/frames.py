"""What stands around each mail: which network writes, why, whom to ask, how to end it.

Plain text and HTML are made from the same source. The HTML needs no pictures, nothing from
elsewhere, and follows the reader's choice of light or dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from knotenpunkt.design.theme import Palette, dark_palette, light_palette
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.mail.source import Block, Bullets, Button, blocks

SIGNATURE = "-- "  # mail programs leave out what follows it when they quote
LINK = re.compile(r"(https?://[^\s<>\"]*[^\s<>\"().,;:!?“”„])")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is said below a text: `why` this mail came, `ask` whom, `end_url` ends such mails."""

    network: Network
    why: str
    ask: str
    end_label: str = ""
    end_url: str = ""

    @property
    def lines(self) -> list[str]:
        """What stands below, without the link that ends it."""
        return [line for line in (self.network.name, self.why, self.ask) if line]


def framed(network: Network, *, unsubscribe_url: str = "", why: str = "") -> Frame:
    """The frame of a network's mails, in German like them; `why` where it is not as usual."""
    with translation.override(settings.LANGUAGE_CODE):
        return Frame(
            network=network,
            why=why or _("You get this e-mail because your address is known to our network."),
            ask=_ask(network),
            end_label=_("No more such mails, please") if unsubscribe_url else "",
            end_url=unsubscribe_url,
        )


def _ask(network: Network) -> str:
    """ "Fragen? Jana Wolfram hilft gern: Telefon 030 23125 040, netzwerk@…"."""
    ways = [
        _("telephone %(number)s") % {"number": network.contact_phone}
        if network.contact_phone
        else "",
        network.contact_email,
    ]
    told = ", ".join(filter(None, ways))
    if not told:
        return ""
    if not network.contact_name:
        return _("Questions? You reach us like this: %(ways)s") % {"ways": told}
    return _("Questions? %(name)s is glad to help: %(ways)s") % {
        "name": network.contact_name,
        "ways": told,
    }


def as_text(source: str, frame: Frame) -> str:
    """The plain text: as it was written, a button as its words with the address below."""
    parts = [_said(block) for block in blocks(source)]
    foot = [SIGNATURE, *frame.lines]
    if frame.end_url:
        foot.append(f"{frame.end_label}: {frame.end_url}")
    return "\n\n".join([*parts, "\n".join(foot)]) + "\n"


def _said(block: Block) -> str:
    if isinstance(block, Button):
        return f"{block.label}:\n{block.url}"
    if isinstance(block, Bullets):
        return "\n".join(f"- {item}" for item in block.items)
    return "\n".join(block.lines)


def as_html(subject: str, source: str, frame: Frame) -> str:
    """The HTML: one narrow column, a button that is large enough for a thumb."""
    accent = frame.network.accent
    return PAGE.format(
        subject=escape(subject),
        day=_colours(light_palette(accent)),
        night=_colours(dark_palette(accent)),
        network=escape(frame.network.name),
        body="\n".join(_shown(block) for block in blocks(source)),
        foot="\n".join(_foot(frame)),
    )


def _shown(block: Block) -> str:
    if isinstance(block, Button):
        url, label = escape(block.url), escape(block.label)
        return f'<p class="do"><a class="button" href="{url}">{label}</a></p>'
    if isinstance(block, Bullets):
        items = "".join(f"<li>{_linked(item)}</li>" for item in block.items)
        return f"<ul>{items}</ul>"
    return f"<p>{'<br>'.join(map(_linked, block.lines))}</p>"


def _foot(frame: Frame) -> Iterator[str]:
    for line in frame.lines[1:]:
        yield f"<p>{_linked(line)}</p>"
    if frame.end_url:
        yield f'<p><a href="{escape(frame.end_url)}">{escape(frame.end_label)}</a></p>'


def _linked(line: str) -> str:
    """A line of text; an address in it can be tapped."""
    parts = LINK.split(line)
    return "".join(
        f'<a href="{escape(part)}">{escape(part)}</a>' if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def _colours(palette: Palette) -> str:
    return (
        f"a{{color:{palette.accent}}}"
        f".head{{border-color:{palette.accent}}}"
        f".button{{background:{palette.accent};color:{palette.on_accent}}}"
    )


# No page of ours but a mail: the content policy is not for it, and mail programs want their styles
# inside.
PAGE = """<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{subject}</title>
<style>
:root{{color-scheme:light dark}}
body{{margin:0;padding:0;background:#fff;color:#14211f;
font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}}
.sheet{{max-width:36em;margin:0 auto;padding:24px 20px}}
.head{{margin:0 0 28px;padding:0 0 12px;border-bottom:3px solid;font-weight:bold}}
p{{margin:0 0 18px}}
ul{{margin:0 0 18px;padding:0 0 0 22px}}
li{{margin:0 0 6px}}
a{{overflow-wrap:anywhere}}
.do{{margin:26px 0}}
.button{{display:inline-block;padding:14px 24px;border-radius:8px;font-weight:bold;
text-decoration:none}}
.foot{{margin:36px 0 0;padding:16px 0 0;border-top:1px solid #c9d3d0;font-size:14px;color:#52625e}}
.foot p{{margin:0 0 8px}}
{day}
@media (prefers-color-scheme:dark){{
body{{background:#0c1412;color:#e6eeeb}}
.foot{{border-color:#3a4a46;color:#a9b8b3}}
{night}
}}
</style>
</head>
<body>
<div class="sheet">
<p class="head">{network}</p>
{body}
<div class="foot">
{foot}
</div>
</div>
</body>
</html>
"""
