"""Enter Zhejiang's cities and counties (GB/T 2260 codes in force since 2021-07)."""

import csv
from pathlib import Path

from django.db import migrations

TABLE = Path(__file__).resolve().parent.parent / "regions.csv"


def forwards(apps, schema_editor):
    Region = apps.get_model("organisations", "Region")
    with TABLE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            Region.objects.create(
                code=row["code"], name=row["name"], level=row["level"], parent_id=row["parent"] or None
            )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
