"""The log's triggers and its empty head."""

from django.db import migrations

from zhiping.auditlog.append_only import protect, unprotect
from zhiping.auditlog.chain import GENESIS

TABLE = "auditlog_logentry"


def forwards(apps, schema_editor):
    protect(schema_editor.connection, TABLE)
    apps.get_model("auditlog", "LogHead").objects.create(pk=1, sequence=0, hash=GENESIS)


def backwards(apps, schema_editor):
    unprotect(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("auditlog", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
