"""Steps carry their plan. Those of applications taken back wait again, as withdrawing now leaves them."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, editor):
    Application = apps.get_model("applications", "Application")
    Step = apps.get_model("applications", "Step")
    plans = Application.objects.filter(pk=models.OuterRef("application")).values("plan")
    Step.objects.update(plan=models.Subquery(plans))
    Step.objects.filter(state="open", application__state="withdrawn").update(state="waiting")


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0008_fraud_ends_an_application"),
        ("plans", "0002_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="step",
            name="plan",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.plan",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
