"""States of a lead, and of what kind it is."""

from django.db.models import TextChoices


class LeadState(TextChoices):
    OPEN = "open", "线索待核"
    CLEARED = "cleared", "线索已排除"
    CONFIRMED = "confirmed", "线索属实"


class LeadKind(TextChoices):
    FILE = "file", "材料与他人相同"
    IMAGE = "image", "图片与他人相近"
    PATENT = "patent", "同一专利被两人以同一位次使用"
    PAPER = "paper", "同一论文有两个第一作者"
    DATES = "dates", "日期不可能"
    OVERLAP = "overlap", "两段在职时间重叠"
