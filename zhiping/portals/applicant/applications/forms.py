"""Forms of a draft's pages. They parse; what is missing is said on the check page, so nothing is required here."""

from collections.abc import Mapping
from typing import Any

from django import forms

from zhiping.applications.draft import Draft
from zhiping.applications.facts import asked_facts
from zhiping.policy_engine.factbook import Fact
from zhiping.web.forms import PlatformForm

DECLARED = "fact-"
WANTED = frozenset({"pathway", "specialty", "committee", "self_report"})
MOST_REFEREES = 3
WANTED = frozenset({"pathway", "specialty", "committee", "self_report"})
REFEREE = (
    ("name", "姓名（单位）"),
    ("title", "职称或荣誉"),
    ("contact", "联系方式"),
    ("employer", "工作单位"),
)


class DetailsForm(PlatformForm):
    """填写申报信息: way, profession, committee, 本人述职, and what the rules ask that nobody else can tell."""

    pathway = forms.ChoiceField(label="申报方式", required=False, widget=forms.RadioSelect)
    specialty = forms.ChoiceField(label="申报专业", required=False)
    specialty_years = forms.IntegerField(
        label="从事本专业年限", required=False, min_value=0, max_value=70, help_text="满 1 年算 1 年"
    )
    administrative_post = forms.CharField(label="行政职务", required=False, max_length=60)
    committee = forms.ChoiceField(
        label="受理评审委员会", required=False, help_text="按用人单位隶属关系选择。"
    )
    self_report = forms.CharField(
        label="本人述职",
        required=False,
        max_length=20000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="写取得现职称以来的专业工作业绩：做了什么、起什么作用、有什么效果。",
    )

    def __init__(
        self, *args: Any, draft: Draft, known: Mapping[str, Any], closed: frozenset[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        ways = draft.pack.pathways_for(draft.title)
        self.fields["pathway"].choices = [(way.id, way.name) for way in ways]
        self._specialty(draft)
        named = (draft.pack.data["plan"].get("committee") or {}).get(
            "name"
        ) or draft.application.plan.office.name
        self.fields["committee"].choices = [("", "请选择"), (named, named)]
        declared = draft.form.get("declared") or {}
        without = {name: value for name, value in known.items() if name not in declared}
        self.asked = asked_facts(draft.pack, without)
        for fact in self.asked:
            self.fields[DECLARED + fact.name] = _question(fact)
        for name in WANTED & set(self.fields):
            self.fields[name].is_wanted = True  # may be saved empty, but not handed in empty
        for name, field in self.fields.items():
            field.is_wanted = name in WANTED  # may be saved empty, must be there when it is submitted
            field.disabled = (name if not name.startswith(DECLARED) else "declared") in closed

    def _specialty(self, draft: Draft) -> None:
        fact = draft.pack.facts.get("specialty")
        named = draft.pack.data["plan"].get("professions") or ()
        choices = [(value, fact.shown(value)) for value in fact.values] if fact else [(n, n) for n in named]
        if choices:
            self.fields["specialty"].choices = [("", "请选择"), *choices]
        else:
            del self.fields["specialty"]

    @staticmethod
    def initial_of(section: Mapping[str, Any]) -> dict[str, Any]:
        """What was saved, by field name."""
        declared = {
            DECLARED + name: _written(value) for name, value in (section.get("declared") or {}).items()
        }
        return {**section, **declared}

    @property
    def data_to_keep(self) -> dict[str, Any]:
        """The section as it is stored: empty answers are left out."""
        cleaned = self.cleaned_data
        kept = {
            name: cleaned[name]
            for name in self.fields
            if not name.startswith(DECLARED) and cleaned.get(name) not in (None, "")
        }
        declared = {
            fact.name: _read(fact, cleaned.get(DECLARED + fact.name))
            for fact in self.asked
            if cleaned.get(DECLARED + fact.name) not in (None, "")
        }
        return kept | ({"declared": declared} if declared else {})

    @property
    def asked_fields(self) -> list[Any]:
        return [self[DECLARED + fact.name] for fact in self.asked]


class ReferralForm(PlatformForm):
    """推荐与破格材料: the reasons, and up to three referees."""

    reason = forms.CharField(
        label="推荐（破格）理由",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写明取得的标志性业绩成果，或符合破格条件的具体情况。",
    )

    def __init__(self, *args: Any, closed: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_REFEREES + 1):
            for name, label in REFEREE:
                self.fields[f"referee-{number}-{name}"] = forms.CharField(
                    label=f"推荐专家 {number}：{label}", required=False, max_length=80
                )
        for name, field in self.fields.items():
            field.is_wanted = name == "reason"
            field.disabled = ("referees" if name.startswith("referee") else name) in closed

    @staticmethod
    def initial_of(section: Mapping[str, Any]) -> dict[str, Any]:
        told = {"reason": section.get("reason", "")}
        for number, referee in enumerate(section.get("referees") or (), start=1):
            told |= {f"referee-{number}-{name}": referee.get(name, "") for name, _ in REFEREE}
        return told

    @property
    def data_to_keep(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        rows = [
            {name: cleaned.get(f"referee-{number}-{name}", "").strip() for name, _ in REFEREE}
            for number in range(1, MOST_REFEREES + 1)
        ]
        referees = [row for row in rows if any(row.values())]
        kept: dict[str, Any] = {"reason": cleaned["reason"]} if cleaned["reason"] else {}
        return kept | ({"referees": referees} if referees else {})


def answer_field(fact: Fact) -> forms.Field:
    """A control for one typed value, by its declared type."""
    return _question(fact)


def read_answer(fact: Fact, value: Any) -> Any:
    """What was chosen or typed as the value that the rules read."""
    return _read(fact, value)


def _question(fact: Fact) -> forms.Field:
    label = fact.question or fact.label or fact.name
    if fact.type == "boolean":
        choices = [("", "请选择"), ("true", "是"), ("false", "否")]
        return forms.ChoiceField(label=label, required=False, choices=choices)
    if fact.type in ("choice", "choices"):
        options = [("", "请选择"), *[(value, fact.shown(value)) for value in fact.values]]
        return forms.ChoiceField(label=label, required=False, choices=options)
    if fact.type in ("integer", "number"):
        unit = f"单位：{fact.unit}" if fact.unit else ""
        kind = forms.IntegerField if fact.type == "integer" else forms.FloatField
        return kind(label=label, required=False, help_text=unit)
    if fact.type == "date":
        return forms.DateField(label=label, required=False)
    return forms.CharField(label=label, required=False, max_length=120)


def _read(fact: Fact, value: Any) -> Any:
    if fact.type == "boolean":
        return value == "true"
    if fact.type == "choices":
        return [value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _written(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value[0] if isinstance(value, list) and value else value
