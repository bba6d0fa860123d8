"""Snapshots of submitted applications are append-only in the database itself (R-399)."""

from django.db import migrations

from zhiping.auditlog.append_only import protect, unprotect

TABLE = "applications_snapshot"


class Migration(migrations.Migration):

    dependencies = [("applications", "0003_signing_image")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: protect(editor.connection, TABLE),
            lambda apps, editor: unprotect(editor.connection, TABLE),
        )
    ]
