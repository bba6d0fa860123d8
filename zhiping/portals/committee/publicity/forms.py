"""Forms of the publicity pages."""

from django import forms

from zhiping.notices.states import Channel, PublicityKind
from zhiping.web.forms import PlatformForm


class PostForm(PlatformForm):
    place = forms.CharField(label="公示地点", max_length=200, initial="评委会办公室网站和公告栏")
    method = forms.CharField(label="公示方式", max_length=100, initial="网上公示、张榜")
    contact = forms.CharField(
        label="意见受理联系方式",
        max_length=200,
        help_text="办公室名称、电话，例如：评委会办公室 0571-00000000。",
    )


class DecisionForm(PlatformForm):
    upheld = forms.ChoiceField(
        label="核查结论", choices=[("no", "异议不成立"), ("yes", "异议属实")], widget=forms.RadioSelect
    )
    decision = forms.CharField(
        label="处理意见和依据", widget=forms.Textarea(attrs={"rows": 4}), max_length=1000
    )


class ObjectionForm(PlatformForm):
    """An objection that came by letter, phone or visit."""

    entry = forms.ModelChoiceField(label="被反映的人", queryset=None, empty_label=None)
    channel = forms.ChoiceField(label="来源", choices=[c for c in Channel.choices if c[0] != Channel.ONLINE])
    text = forms.CharField(label="反映的事实", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    name = forms.CharField(label="反映人姓名", max_length=60, required=False, help_text="匿名的不填。")
    contact = forms.CharField(label="反映人联系方式", max_length=120, required=False)


KINDS = {PublicityKind.PRE_REVIEW: "accepted", PublicityKind.RESULT: "passed"}
