"""Forms of the notice printed from a draft, to be signed and handed back (R-357…R-362)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0010_index_desks'),
    ]

    operations = [
        migrations.CreateModel(
            name='PreparedForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20)),
                ('content_hash', models.CharField(max_length=64)),
                ('file', models.FileField(blank=True, upload_to='prepared_forms/%Y')),
                ('asked_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prepared_forms', to='applications.application')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'key', 'content_hash'), name='form_prepared_once_per_draft')],
            },
        ),
    ]
