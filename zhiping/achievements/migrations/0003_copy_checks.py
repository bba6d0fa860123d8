"""Scans compared with their originals; append-only in the database itself (R-004)."""

import django.db.models.deletion
from django.db import migrations, models

from zhiping.auditlog.append_only import protect, unprotect

TABLE = "achievements_copycheck"


class Migration(migrations.Migration):

    dependencies = [
        ('achievements', '0002_item_token'),
        ('files', '0001_initial'),
        ('identity', '0001_initial'),
        ('organisations', '0003_letters_and_clerks'),
    ]

    operations = [
        migrations.CreateModel(
            name='CopyCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('copy', '复印件，已与原件核对无误'), ('original', '原件的扫描件或电子件')], max_length=10, verbose_name='材料是')),
                ('statement', models.CharField(blank=True, max_length=20, verbose_name='核对结论')),
                ('checker_name', models.CharField(max_length=60, verbose_name='验证人')),
                ('organisation_name', models.CharField(max_length=200, verbose_name='核对单位')),
                ('checked_at', models.DateTimeField(verbose_name='验证时间')),
                ('checker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.person')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copy_checks', to='files.storedfile')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copy_checks', to='achievements.itemversion')),
            ],
            options={
                'ordering': ['checked_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('file', 'organisation'), name='file_checked_once_by_a_body'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'copy'), models.Q(('statement', ''), _negated=True)), models.Q(('kind', 'original'), ('statement', '')), _connector='OR'), name='a_checked_copy_has_its_statement')],
            },
        ),
        migrations.RunPython(
            lambda apps, editor: protect(editor.connection, TABLE),
            lambda apps, editor: unprotect(editor.connection, TABLE),
        ),
    ]
