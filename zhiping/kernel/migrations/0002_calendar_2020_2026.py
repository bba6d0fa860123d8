"""Enter the State Council's holiday arrangements of 2020–2026."""

import csv
from pathlib import Path

from django.db import migrations

TABLE = Path(__file__).resolve().parent.parent / "working_calendar.csv"
BASES = {
    2020: "国办发明电〔2019〕16号、国办发明电〔2020〕1号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}


def forwards(apps, schema_editor):
    years = apps.get_model("kernel", "CalendarYear").objects
    days = apps.get_model("kernel", "CalendarException")
    years.bulk_create([years.model(year=year, basis=basis) for year, basis in BASES.items()])
    with TABLE.open(encoding="utf-8") as file:
        days.objects.bulk_create(
            days(day=row["day"], year_id=int(row["day"][:4]), is_working=row["is_working"] == "1", name=row["name"])
            for row in csv.DictReader(file)
        )


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
