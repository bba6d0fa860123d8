"""Forms: they parse and they show again what was typed. Saving is an operation's work."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from zhiping.kernel.errors import Refused


class FieldRenderer(TemplatesSetting):
    """Label, hint, error, control, in this order, for every form of the platform (ui.md §5 no. 10)."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class PlatformForm(forms.Form):
    """A form whose "missing" sentences name the field and which can show an operation's refusal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = field.label or name
            verb = "请选择" if isinstance(field, forms.ChoiceField | forms.FileField) else "请填写"
            if field.error_messages.get("required") == type(field).default_error_messages.get(
                "required", forms.Field.default_error_messages["required"]
            ):
                field.error_messages["required"] = f"{verb}{label}。"

    def add_refusal(self, refusal: Refused) -> None:
        """Show why an operation said no: beside its field if the form has it, else above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)
