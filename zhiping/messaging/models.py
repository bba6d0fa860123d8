"""What people were told."""

from django.db import models

from zhiping.identity.models import Person


class Message(models.Model):
    """One message to one person. `once` keeps reminders and repeated acts from telling twice."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=120, verbose_name="标题")
    body = models.TextField(verbose_name="内容")
    link = models.CharField(max_length=200, blank=True)
    once = models.CharField(max_length=120, null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "once"], name="told_once")]
        indexes = [models.Index(fields=["person", "-created_at"], name="message_newest_first")]

    def __str__(self) -> str:
        return self.title
