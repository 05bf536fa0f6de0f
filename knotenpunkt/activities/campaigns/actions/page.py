"""Writes about what the page of a campaign shows beside its texts: files, links, news, lessons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    CampaignFile,
    CampaignLink,
    FileUse,
    Lesson,
    News,
)
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.files.actions import drop_file, keep_file
from knotenpunkt.tools.files.content import JPEG, PDF, PNG, WEBP, checked
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.pictures import for_print, renderings

MOST_FILES = 40
PICTURES = (FileUse.LEAD, FileUse.LOOKBACK)


@transaction.atomic
def add_file(
    *,
    actor: Actor,
    campaign: Campaign,
    use: FileUse,
    name: str,
    content: bytes,
    title: str,
    alt: str = "",
    credit: str = "",
) -> CampaignFile:
    """Keep a picture or a PDF for the campaign. ValidationError for anything else.

    The page shows pictures small; the press and the postcard can be printed from in full size.
    """
    actor.must(Right.RUN_CAMPAIGNS)
    if campaign.files.count() >= MOST_FILES:
        raise ValidationError(_("There are many files already. Please delete one first."))
    kind = checked(name, content, {PDF, PNG, JPEG})
    if use in PICTURES and kind == PDF:
        raise ValidationError(_("Please take a picture here: JPEG or PNG."))
    if kind != PDF and not alt:
        raise ValidationError({"alt": _("Please say what the picture shows.")})
    file, small = _kept(use, name, kind, content)
    row = CampaignFile(
        campaign=campaign, use=use, file=file, small=small, title=title, alt=alt, credit=credit,
        position=campaign.files.count(),
    )  # fmt: skip
    row.save(force_insert=True)
    record(actor=actor, deed="campaigns.add_file", on=campaign, title=campaign.title,
           changes={"file": [None, title]})  # fmt: skip
    return row


def _kept(
    use: FileUse, name: str, kind: str, content: bytes
) -> tuple[StoredFile, StoredFile | None]:
    if kind == PDF:
        return keep_file(name=name, content_type=kind, content=content), None
    large, small = renderings(BytesIO(content), len(content))
    shown = keep_file(name=name, content_type=WEBP, content=small.content)
    if use in PICTURES:
        return keep_file(name=name, content_type=WEBP, content=large.content), shown
    whole = for_print(content)
    return keep_file(name=f"{Path(name).stem}.jpg", content_type=JPEG, content=whole), shown


@transaction.atomic
def change_file(
    *, actor: Actor, file: CampaignFile, title: str, alt: str = "", credit: str = ""
) -> None:
    """Say something else about a file."""
    actor.must(Right.RUN_CAMPAIGNS)
    file.title, file.alt, file.credit = title, alt, credit
    file.save(update_fields=["title", "alt", "credit"])
    record(actor=actor, deed="campaigns.change_file", on=file.campaign, title=file.campaign.title,
           changes={"file": [None, title]})  # fmt: skip


@transaction.atomic
def remove_file(*, actor: Actor, file: CampaignFile) -> None:
    """Take a file from the campaign; it is deleted unless another year's campaign shows it."""
    actor.must(Right.RUN_CAMPAIGNS)
    campaign, title = file.campaign, file.title
    kept = [file.file_id, file.small_id]
    file.delete()
    for file_id in filter(None, kept):
        others = CampaignFile.objects.filter(file_id=file_id)
        if not others.exists() and not CampaignFile.objects.filter(small_id=file_id).exists():
            drop_file(file_id)
    record(actor=actor, deed="campaigns.remove_file", on=campaign, title=campaign.title,
           changes={"file": [title, None]})  # fmt: skip


@transaction.atomic
def set_links(*, actor: Actor, campaign: Campaign, links: Sequence[tuple[str, str]]) -> None:
    """Exactly these related addresses, each as title and address, in the order given."""
    actor.must(Right.RUN_CAMPAIGNS)
    before = list(campaign.links.values_list("title", "url"))
    if before == list(links):
        return
    campaign.links.all().delete()
    for position, (title, url) in enumerate(links):
        row = CampaignLink(campaign=campaign, title=title, url=url, position=position)
        row.save(force_insert=True)
    changes = {"links": [[url for _title, url in before], [url for _title, url in links]]}
    record(actor=actor, deed="campaigns.links", on=campaign, title=campaign.title, changes=changes)


@transaction.atomic
def add_news(*, actor: Actor, campaign: Campaign, title: str, text: str, on: date) -> News:
    """Tell something new on the page."""
    actor.must(Right.RUN_CAMPAIGNS)
    news = News(campaign=campaign, title=title, text=text, on=on)
    news.save(force_insert=True)
    record(actor=actor, deed="campaigns.news", on=campaign, title=campaign.title,
           changes={"news": [None, title]})  # fmt: skip
    return news


@transaction.atomic
def remove_news(*, actor: Actor, news: News) -> None:
    """Take a piece of news from the page."""
    actor.must(Right.RUN_CAMPAIGNS)
    campaign, title = news.campaign, news.title
    news.delete()
    record(actor=actor, deed="campaigns.news", on=campaign, title=campaign.title,
           changes={"news": [title, None]})  # fmt: skip


@transaction.atomic
def keep_lesson(*, actor: Actor, campaign: Campaign, text: str, keep: bool) -> Lesson:
    """Write down what to keep, or what to do otherwise next time."""
    actor.must(Right.RUN_CAMPAIGNS)
    lesson = Lesson(campaign=campaign, text=text, keep=keep)
    lesson.save(force_insert=True)
    record(actor=actor, deed="campaigns.lesson", on=campaign, title=campaign.title)
    return lesson


@transaction.atomic
def drop_lesson(*, actor: Actor, lesson: Lesson) -> None:
    """Take a lesson away."""
    actor.must(Right.RUN_CAMPAIGNS)
    campaign = lesson.campaign
    lesson.delete()
    record(actor=actor, deed="campaigns.lesson", on=campaign, title=campaign.title)
