import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0002_pictures"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="schedule",
            options={
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "ordering": [
                    models.OrderBy(models.F("day"), nulls_first=True),
                    models.OrderBy(models.F("weekday"), nulls_first=True),
                    "starts_at",
                ],
            },
        ),
        migrations.AlterField(
            model_name="offerpicture",
            name="offer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pictures",
                to="offers.offer",
            ),
        ),
    ]
