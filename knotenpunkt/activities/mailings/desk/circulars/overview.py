"""The list of circulars, and the settings of the network."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.mailings.actions.settings import save_settings
from knotenpunkt.activities.mailings.desk.circulars.listing import circular_list
from knotenpunkt.activities.mailings.forms.circulars import SettingsForm
from knotenpunkt.activities.mailings.queries.circulars import circulars
from knotenpunkt.activities.mailings.queries.settings import mailing_settings
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.lists.showing import show
from knotenpunkt.tools.lists.wanted import read


@require_safe
@members_only(Right.READ_INTERNAL)
def circular_listing(request: DeskRequest) -> HttpResponse:
    """All circulars of the network."""
    listing = circular_list()
    wanted, form = read(listing, request.GET.dict())
    context = {
        "shown": show(listing, wanted, form, circulars(request.actor)),
        "list_url": reverse("mailings:circulars"),
        "views": None,
        "pick": "",
        "may_write": request.actor.may(Right.WRITE_TO_MANY),
        "may_set": request.actor.may(Right.CHANGE_NETWORK),
    }
    return render(request, "mailings/circulars/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.CHANGE_NETWORK)
def settings_page(request: DeskRequest) -> HttpResponse:
    """How the network writes to many."""
    form = SettingsForm(typed(request), instance=mailing_settings())
    if request.method == "POST" and form.is_valid():
        try:
            save_settings(actor=request.actor, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("mailings:circulars"))
        except ValidationError as refused:
            form.add_error(None, refused.messages)
    status = 422 if request.method == "POST" else 200
    return render(request, "mailings/circulars/settings.html", {"form": form}, status=status)
