"""Classes of a course, and who was there."""

from django.db import models
from django.db.models import Q

from zhiping.continuing_education.models.records import Course, HourBatch
from zhiping.continuing_education.states import ClassState
from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful


class TrainingClass(Stateful):
    """One run of a course, taught in sessions; at its end each person has the hours of the sessions attended."""

    state = models.CharField(
        max_length=40, choices=ClassState.choices, default=ClassState.OPEN, db_index=True
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="classes")
    name = models.CharField(max_length=80, verbose_name="班次名称")
    place = models.CharField(max_length=120, verbose_name="地点")
    seats = models.PositiveIntegerField(verbose_name="名额")
    made_at = models.DateTimeField()
    batch = models.OneToOneField(HourBatch, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class ClassSession(models.Model):
    """One sitting of a class. `secret` makes the codes that hang on the wall, each good for a minute or two."""

    training_class = models.ForeignKey(TrainingClass, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(verbose_name="开始")
    ends_at = models.DateTimeField(verbose_name="结束")
    hours = models.DecimalField(max_digits=4, decimal_places=1, verbose_name="学时")
    secret = models.CharField(max_length=64)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="session_has_length"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="session_has_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.training_class_id} {self.starts_at:%m-%d %H:%M}"


class Enrolment(models.Model):
    """A person's seat in a class."""

    training_class = models.ForeignKey(TrainingClass, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["training_class", "person"], name="one_seat")]
        ordering = ["enrolled_at", "pk"]

    def __str__(self) -> str:
        return f"{self.training_class_id} {self.person_id}"


class CheckIn(models.Model):
    """A person was there: by the code on the wall, or noted by hand for whoever has no telephone."""

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="check_ins")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="check_ins")
    at = models.DateTimeField()
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "enrolment"], name="checked_in_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.enrolment_id}"
