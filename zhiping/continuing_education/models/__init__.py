"""Tables of continuing education, by topic."""

from zhiping.continuing_education.models.classes import CheckIn, ClassSession, Enrolment, TrainingClass
from zhiping.continuing_education.models.lessons import Lesson, LessonProgress
from zhiping.continuing_education.models.papers import Aim, HourCard, HourSheet, ProviderKey
from zhiping.continuing_education.models.records import Course, HourBatch, HourRecord, HourYear

__all__ = [
    "Aim",
    "CheckIn",
    "ClassSession",
    "Course",
    "Enrolment",
    "HourBatch",
    "HourCard",
    "HourRecord",
    "HourSheet",
    "HourYear",
    "Lesson",
    "LessonProgress",
    "ProviderKey",
    "TrainingClass",
]
