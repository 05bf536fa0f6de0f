import uuid

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("networks", "0001_networks"),
    ]

    operations = [
        migrations.CreateModel(
            name="HelpNumber",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        max_length=30,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?[0-9][0-9 /-]*$", "A number has digits and blanks."
                            )
                        ],
                        verbose_name="number",
                    ),
                ),
                ("label", models.CharField(max_length=120, verbose_name="who answers")),
                (
                    "label_en",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="who answers, in English"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=160, verbose_name="note")),
                (
                    "note_en",
                    models.CharField(blank=True, max_length=160, verbose_name="note in English"),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("emergency", "Danger to life"),
                            ("protection", "Protection of children"),
                            ("families", "Children and parents"),
                            ("violence", "Violence"),
                            ("worries", "Worries"),
                        ],
                        max_length=12,
                        verbose_name="group",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "network",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
            ],
            options={
                "verbose_name": "help number",
                "verbose_name_plural": "help numbers",
                "ordering": ["position", "number"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "number"), name="pages_help_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalPage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("imprint", "Imprint"),
                            ("privacy", "Privacy"),
                            ("accessibility", "Accessibility"),
                            ("easy_language", "Easy language"),
                            ("sign_language", "Sign language"),
                            ("contact", "Contact"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "body",
                    models.TextField(
                        help_text="Paragraphs, ## headings, - lists, [links](…).",
                        verbose_name="text",
                    ),
                ),
                (
                    "signed_by",
                    models.CharField(blank=True, max_length=200, verbose_name="reviewed by"),
                ),
                (
                    "signed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reviewed on"),
                ),
                (
                    "network",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
            ],
            options={
                "verbose_name": "legal page",
                "verbose_name_plural": "legal pages",
                "ordering": ["kind", "language"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "kind", "language"),
                        name="pages_legal_page_once_per_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_at__isnull", True),
                            models.Q(("signed_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pages_legal_page_signed_by_somebody",
                    ),
                ],
            },
        ),
    ]
