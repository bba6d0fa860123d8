"""What a thing needs to have a lifecycle."""

from django.db import models


class Stateful(models.Model):
    """A row with a state and a version; only `lifecycle.moving.move` writes either."""

    state = models.CharField(max_length=40, db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
