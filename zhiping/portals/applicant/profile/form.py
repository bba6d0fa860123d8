"""The form of 个人基本信息: the questions, and the employer chosen by its full name among authorised bodies (R-029)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from zhiping.achievements.operations import BadRecord
from zhiping.achievements.operations.profiles import authorised_employers
from zhiping.achievements.schema import profile_fields, profile_groups
from zhiping.organisations.models import Organisation
from zhiping.web.record_form import RecordForm


class ProfileForm(RecordForm):
    """`employer_name` is what was typed; a list of names helps to choose."""

    photo_error = ""

    def __init__(
        self, values: Mapping[str, Any], *, employer: Organisation | None = None, employer_name: str = ""
    ) -> None:
        super().__init__(profile_fields().values(), values)
        self.fields["employer"] = forms.CharField(
            label="现工作单位",
            help_text="填写单位全称。只能选择已通过授权的单位；无主管部门的，填写人事代理机构。",
            widget=forms.TextInput(attrs={"list": "employers", "autocomplete": "off"}),
        )
        self.data["employer"] = employer.name if employer else employer_name

    def chosen_employer(self) -> int | None:
        """The key of the authorised body of that name; BadRecord if there is none."""
        name = self.data["employer"].strip()
        if not name:
            return None
        key = authorised_employers().filter(name=name).values_list("pk", flat=True).first()
        if key is None:
            raise BadRecord(
                {
                    "employer": f"没有找到已通过授权的单位“{name[:60]}”。请核对全称；单位还没有注册的，"
                    "请联系单位人事部门先完成注册和授权。"
                }
            )
        return key

    def employer_names(self) -> list[str]:
        """Names to choose from, the nearest first in order of name."""
        return list(authorised_employers().order_by("name").values_list("name", flat=True)[:200])

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """As for any record; the photo's sentence also stands beside the photo."""
        super().show_errors(errors)
        self.photo_error = errors.get("photo", "")

    def grouped(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Headings with their controls."""
        for group in profile_groups():
            yield group.label, [self[name] for name in group.members]
