"""Certificate numbers: region, year, title level, serial — unique and without gaps (domain §12)."""

from django.db.models import F

from zhiping.certificates.models import NumberSeries

LEVEL_DIGITS = {
    "senior_full": 1,
    "senior_associate": 2,
    "intermediate": 3,
    "assistant": 4,
    "technician": 5,
}  # the last digit of a title's code in GB/T 8561: 1 正高 … 5 员级


def next_number(*, region_code: str, year: int, level: str) -> str:
    """The next number of the region's series in the year; the row lock orders concurrent callers."""
    series, _ = NumberSeries.objects.select_for_update().get_or_create(region_code=region_code, year=year)
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    series.refresh_from_db(fields=["last"])
    return formatted(region_code, year, level, series.last)


def formatted(region_code: str, year: int, level: str, serial: int) -> str:
    """
    >>> formatted("330000", 2026, "senior_associate", 17)
    '33000020262000017'
    """
    return f"{region_code}{year}{LEVEL_DIGITS[level]}{serial:06d}"
