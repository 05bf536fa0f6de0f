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
            name="SchoolHolidays",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "land",
                    models.CharField(
                        choices=[
                            ("BW", "Baden-Württemberg"),
                            ("BY", "Bavaria"),
                            ("BE", "Berlin"),
                            ("BB", "Brandenburg"),
                            ("HB", "Bremen"),
                            ("HH", "Hamburg"),
                            ("HE", "Hesse"),
                            ("MV", "Mecklenburg-Vorpommern"),
                            ("NI", "Lower Saxony"),
                            ("NW", "North Rhine-Westphalia"),
                            ("RP", "Rhineland-Palatinate"),
                            ("SL", "Saarland"),
                            ("SN", "Saxony"),
                            ("ST", "Saxony-Anhalt"),
                            ("SH", "Schleswig-Holstein"),
                            ("TH", "Thuringia"),
                        ],
                        max_length=2,
                        verbose_name="Land",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("starts", models.DateField(verbose_name="first day")),
                ("ends", models.DateField(verbose_name="last day")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "school holidays",
                "verbose_name_plural": "school holidays",
                "ordering": ["land", "starts", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("land", "starts", "name"), name="areas_school_holidays_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))),
                        name="areas_school_holidays_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outline",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="key")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("county", "county"),
                            ("municipality", "municipality"),
                            ("quarter", "quarter"),
                        ],
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                ("geometry", models.JSONField(verbose_name="geometry")),
                ("approximate", models.BooleanField(default=False, verbose_name="approximation")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
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
                "verbose_name": "outline",
                "verbose_name_plural": "outlines",
                "ordering": ["level", "name", "key"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "level", "key"), name="areas_outline_once_per_level"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=200, verbose_name="venue")),
                (
                    "street",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="street and house number"
                    ),
                ),
                (
                    "postal_code",
                    models.CharField(blank=True, max_length=5, verbose_name="postal code"),
                ),
                ("town", models.CharField(blank=True, max_length=120, verbose_name="town")),
                ("area_key", models.CharField(blank=True, max_length=8, verbose_name="area key")),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("BW", "Baden-Württemberg"),
                            ("BY", "Bavaria"),
                            ("BE", "Berlin"),
                            ("BB", "Brandenburg"),
                            ("HB", "Bremen"),
                            ("HH", "Hamburg"),
                            ("HE", "Hesse"),
                            ("MV", "Mecklenburg-Vorpommern"),
                            ("NI", "Lower Saxony"),
                            ("NW", "North Rhine-Westphalia"),
                            ("RP", "Rhineland-Palatinate"),
                            ("SL", "Saarland"),
                            ("SN", "Saxony"),
                            ("ST", "Saxony-Anhalt"),
                            ("SH", "Schleswig-Holstein"),
                            ("TH", "Thuringia"),
                        ],
                        max_length=2,
                        verbose_name="Land",
                    ),
                ),
                (
                    "latitude",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("postal_code", "from the postal code"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=12,
                        verbose_name="precision",
                    ),
                ),
                (
                    "step_free",
                    models.CharField(
                        choices=[
                            ("yes", "step-free"),
                            ("partly", "partly step-free"),
                            ("no", "not step-free"),
                            ("unknown", "not known whether step-free"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="step-free access",
                    ),
                ),
                (
                    "access",
                    models.JSONField(blank=True, default=list, verbose_name="accessibility"),
                ),
                (
                    "access_note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="note on accessibility"
                    ),
                ),
                (
                    "transit_note",
                    models.CharField(blank=True, max_length=300, verbose_name="how to get there"),
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
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["postal_code", "town", "street", "venue"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["network", "postal_code"], name="areas_place_postal_code")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="areas_place_both_coordinates",
                    )
                ],
            },
        ),
    ]
