"""The official working-day calendar (R-392): editable, a year without a row is unknown."""

from django.db import models


class CalendarYear(models.Model):
    """A year whose holiday arrangement has been published."""

    year = models.PositiveSmallIntegerField(primary_key=True, verbose_name="年份")
    basis = models.CharField(max_length=200, verbose_name="依据文件")

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year} 年"


class CalendarException(models.Model):
    """A weekday that is off, or a weekend day that is worked."""

    day = models.DateField(unique=True, verbose_name="日期")
    year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="exceptions")
    is_working = models.BooleanField(verbose_name="上班")
    name = models.CharField(max_length=40, verbose_name="说明")

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.is_working else '放假'}"
