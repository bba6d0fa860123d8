"""Online self-study: the lessons of a course, their questions, and how far each person is."""

from django.db import models
from django.db.models import Q

from zhiping.continuing_education.models.records import Course
from zhiping.continuing_education.states import LessonKind
from zhiping.files.models import StoredFile
from zhiping.identity.models import Person


class Lesson(models.Model):
    """One chapter. `seconds` is the length of its film, or the time that reading it takes."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    position = models.PositiveSmallIntegerField(verbose_name="第几章")
    kind = models.CharField(max_length=10, choices=LessonKind.choices, verbose_name="形式")
    title = models.CharField(max_length=120, verbose_name="标题")
    text = models.TextField(blank=True, verbose_name="正文")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    seconds = models.PositiveIntegerField(verbose_name="时长（秒）")
    questions = models.JSONField(default=list)  # {"text", "choices": […], "right": index}
    pass_percent = models.PositiveSmallIntegerField(default=60, verbose_name="答对多少算通过（%）")

    class Meta:
        ordering = ["course", "position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "position"], name="one_lesson_per_position"),
            models.CheckConstraint(
                condition=Q(kind=LessonKind.TEXT, file=None) & ~Q(text="")
                | Q(kind__in=[LessonKind.PDF, LessonKind.VIDEO], file__isnull=False),
                name="lesson_has_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.title}"


class LessonProgress(models.Model):
    """How much of a lesson a person has really gone through; the server's clock bounds it."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="progress")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lesson_progress")
    seconds = models.PositiveIntegerField(default=0, verbose_name="已学（秒）")
    reported_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, verbose_name="学完时间")
    tries = models.PositiveSmallIntegerField(default=0, verbose_name="答题次数")
    passed_at = models.DateTimeField(null=True, verbose_name="通过时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "person"], name="one_progress_per_lesson")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.person_id} {self.seconds}"
