from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_duplicates")]

    operations = [
        migrations.AddField(
            model_name="partnerfile",
            name="for_coordination",
            field=models.BooleanField(
                default=True,
                help_text="not shown to those who keep the organisation as a provider",
            ),
        ),
    ]
