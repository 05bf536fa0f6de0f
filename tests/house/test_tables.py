"""Each table belongs to a network, or stands on the short list of those that all share."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from knotenpunkt.foundation.networks.models import NetworkModel, ScopedManager

SHARED = {
    "networks.Network": "the tenants themselves",
    "accounts.User": "one person may serve many networks; memberships are scoped",
    "accounts.SecurityEvent": "what happened to an account; coordinators see their members' only",
    "account.EmailAddress": "allauth: the verified address of an account",
    "account.EmailConfirmation": "allauth: unused, links are signed instead",
    "mfa.Authenticator": "allauth: passkeys, code apps and recovery codes of an account",
    "socialaccount.SocialAccount": "allauth: an account's name at the sign-on service",
    "socialaccount.SocialApp": "allauth: unused, the service stands in the settings",
    "socialaccount.SocialToken": "allauth: unused, tokens are not kept",
    "areas.SchoolHolidays": "the same for everyone in a Land, nobody's person",
    "sessions.Session": "Django: signed-in people, found by a secret key only",
    "contenttypes.ContentType": "Django: names of tables",
    "auth.Permission": "Django: unused, its rows name tables only",
    "auth.Group": "Django: unused",
}
OURS = [model for model in apps.get_models() if model.__module__.startswith("knotenpunkt.")]


def test_each_table_is_scoped_or_shared_for_a_reason() -> None:
    unscoped = {m._meta.label for m in apps.get_models() if not issubclass(m, NetworkModel)}
    assert not unscoped - SHARED.keys(), (
        "Derive these from NetworkModel, or add them to SHARED with the reason: "
        f"{sorted(unscoped - SHARED.keys())}"
    )
    assert not SHARED.keys() - unscoped, f"Remove from SHARED: {sorted(SHARED.keys() - unscoped)}"


def test_each_manager_of_a_scoped_table_is_scoped() -> None:
    """A second manager, or Django's own base manager, would be a way round the wall."""
    loose = [
        f"{model._meta.label}.{manager.name}"
        for model in OURS
        if issubclass(model, NetworkModel)
        for manager in (*model._meta.managers, model._base_manager, model._default_manager)
        if not isinstance(manager, ScopedManager)
    ]
    assert not loose, f"Use ScopedManager (and Meta(NetworkModel.Meta)) for: {loose}"


def test_scoped_tables_have_no_hidden_through_table() -> None:
    """Django's own table between two others would have no network and no lock."""
    hidden = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.many_to_many
        if field.remote_field.through._meta.auto_created
    ]
    assert not hidden, f"Give these a `through` model derived from NetworkModel: {hidden}"


def test_each_record_has_its_own_uuid() -> None:
    numbered = [m._meta.label for m in OURS if not isinstance(m._meta.pk, models.UUIDField)]
    assert not numbered, f"Records carry a UUID as their key; these do not: {numbered}"


def test_uniqueness_stays_inside_a_network() -> None:
    """A unique value over all networks would tell one what another holds."""
    leaking = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        if issubclass(model, NetworkModel)
        for field in model._meta.local_fields
        if field.unique and not field.primary_key and not isinstance(field, models.OneToOneField)
    ]
    assert not leaking, f"Use UniqueConstraint(fields=['network', …]) instead of unique: {leaking}"
