"""A pack version is frozen once it has left the draft."""

from django.db import migrations

from zhiping.policies.frozen import freeze, thaw

TABLE = "policies_packversion"


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: freeze(editor.connection, TABLE),
            lambda apps, editor: thaw(editor.connection, TABLE),
        )
    ]
