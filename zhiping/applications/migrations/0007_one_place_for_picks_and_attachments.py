"""Picked versions and attached files stand in the sections of the draft; their rows beside it were never read."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("applications", "0006_step_window")]
    operations = [migrations.DeleteModel(name="Attachment"), migrations.DeleteModel(name="Pick")]
