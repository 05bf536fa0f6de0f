"""Join-ins in words for those who report them and those who decide."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.campaigns.models import JoinIn, JoinInState
from knotenpunkt.activities.campaigns.wording import join_ins as wording

# How a state looks, and how it is said to people; see `design/components/_status.html`.
SHAPES = {
    JoinInState.REPORTED: "waiting",
    JoinInState.APPROVED: "published",
    JoinInState.REFUSED: "rejected",
    JoinInState.WITHDRAWN: "withdrawn",
}
STATES = {
    JoinInState.REPORTED: gettext_lazy("is looked at"),
    JoinInState.APPROVED: gettext_lazy("is shown"),
    JoinInState.REFUSED: gettext_lazy("is not shown"),
    JoinInState.WITHDRAWN: gettext_lazy("withdrawn"),
}


def told(one: JoinIn) -> dict[str, str]:
    """Everything that everybody may know, by its label, for comparing two of them."""
    return {
        _("Title"): one.title,
        _("Description"): one.description,
        _("When"): ", ".join(wording.whole_when(one)),
        _("Where"): one.place.one_line if one.place else "",
        _("For whom"): ", ".join(filter(None, (wording.for_whom(one), one.for_whom))),
        _("Who may come"): wording.opening(one),
        _("Cost and registration"): one.entry,
        _("Website"): one.website,
        _("Picture"): _("yes") if one.picture_id else _("no picture"),
        _("What is on the picture?"): one.picture_alt,
        _("Who took the picture?"): one.picture_credit,
    }
