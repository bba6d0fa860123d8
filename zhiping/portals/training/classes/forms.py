"""The form of a class: up to six sessions."""

from datetime import date, datetime, time
from decimal import Decimal

from django import forms

from zhiping.kernel.clock import BEIJING
from zhiping.web.forms import PlatformForm

MOST_SESSIONS = 6


class ClassForm(PlatformForm):
    """A class with its sessions; blank sessions are left out."""

    name = forms.CharField(label="班次名称", max_length=80)
    place = forms.CharField(label="地点", max_length=120)
    seats = forms.IntegerField(label="名额", min_value=1, max_value=5000)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        clock_input = forms.TimeInput(attrs={"type": "time"})
        for number in range(1, MOST_SESSIONS + 1):
            must = number == 1
            self.fields[f"day_{number}"] = forms.DateField(
                label=f"第 {number} 次课的日期",
                required=must,
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            )
            for name, words in (("from", "开始"), ("to", "结束")):
                self.fields[f"{name}_{number}"] = forms.TimeField(
                    label=f"第 {number} 次课的{words}时间", required=must, widget=clock_input
                )
            self.fields[f"hours_{number}"] = forms.DecimalField(
                label=f"第 {number} 次课的学时", required=must, max_digits=4, decimal_places=1
            )

    def clean(self) -> None:
        """A session is written whole or not at all."""
        for number in range(2, MOST_SESSIONS + 1):
            given = [self.cleaned_data.get(f"{name}_{number}") for name in ("day", "from", "to", "hours")]
            if any(each is not None for each in given) and any(each is None for each in given):
                self.add_error(f"day_{number}", f"第 {number} 次课没有填完：日期、开始、结束、学时都要填。")

    def spans(self) -> list[tuple[datetime, datetime, Decimal]]:
        """The sessions as moments of Beijing."""
        given = self.cleaned_data
        return [
            (
                _moment(given[f"day_{number}"], given[f"from_{number}"]),
                _moment(given[f"day_{number}"], given[f"to_{number}"]),
                given[f"hours_{number}"],
            )
            for number in range(1, MOST_SESSIONS + 1)
            if given.get(f"day_{number}")
        ]


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, BEIJING)
