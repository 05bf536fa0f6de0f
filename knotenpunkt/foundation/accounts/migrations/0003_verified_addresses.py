"""Everybody who has an account signs in with an address that counts as verified."""

from django.db import migrations


def verify(apps, schema_editor):
    user_model = apps.get_model("accounts", "User")
    address_model = apps.get_model("account", "EmailAddress")
    alias = schema_editor.connection.alias
    known = set(address_model.objects.using(alias).values_list("user_id", flat=True))
    address_model.objects.using(alias).bulk_create(
        address_model(user_id=user.pk, email=user.email.lower(), verified=True, primary=True)
        for user in user_model.objects.using(alias).exclude(pk__in=known)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_sign_in"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(verify, migrations.RunPython.noop)]
