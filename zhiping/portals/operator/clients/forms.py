"""Forms of keeping systems of other bodies."""

from django import forms

from zhiping.exchange.queries import bodies_with_systems
from zhiping.exchange.states import Scope
from zhiping.web.forms import PlatformForm


class ClientForm(PlatformForm):
    """A system to register."""

    body = forms.CharField(label="单位全称", max_length=120, help_text="平台上已登记、已授权的单位。")
    name = forms.CharField(label="系统名称", max_length=60, help_text="例如“继续教育教务系统”。")
    scopes = forms.MultipleChoiceField(
        label="权限",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="只给用得到的。培训机构登记学时；部门和用人单位取结果。",
    )

    def clean_body(self):
        found = bodies_with_systems().filter(name=self.cleaned_data["body"].strip()).first()
        if found is None:
            raise forms.ValidationError("没有这个单位，或者这类单位没有接口。请核对单位全称。")
        return found


class ReasonForm(PlatformForm):
    """Why something is switched off."""

    reason = forms.CharField(label="原因", max_length=200, help_text="会留在记录里。")
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndpointForm(PlatformForm):
    """Where a system listens."""

    url = forms.CharField(
        label="接收地址", max_length=300, help_text="以 https:// 开头。登记后平台发一次验证，答对才开始发送。"
    )


class DeliveryFilterForm(PlatformForm):
    """Which deliveries are listed."""

    show = forms.ChoiceField(
        label="显示", required=False, choices=[("", "全部"), ("open", "还没送达"), ("given_up", "已停止重试")]
    )
    q = forms.CharField(label="事件编号", required=False, max_length=40)
