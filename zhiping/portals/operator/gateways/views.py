"""Which outside systems are connected, how each is doing, and in the demo the way to its stand-in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiping.gateways.http import is_resting
from zhiping.web.pages import Audience, page

NAMED = (
    (
        "统一公共支付平台",
        "PAYMENT_URL",
        "收评审费、退款、对账。停机时照常发缴费单，恢复后自动补上，期限顺延。",
    ),
    ("短信平台", "SMS_URL", "发短信。停机时站内消息照常，恢复后补发。"),
    ("邮件", "MAILBOX_URL", "发邮件。停机时站内消息照常，恢复后补发。"),
    ("信用平台", "CREDIT_URL", "报送诚信记录。停机时留在队列里，恢复后补报。"),
    ("省事业单位人事工资系统", "INSTITUTIONS_URL", "核对岗位。停机时写明没有核对，可以以后再核。"),
)
REGISTER = "按证件号查询。停机时由本人上传证明材料，不影响申报。"


@dataclass(frozen=True, slots=True)
class System:
    """One outside system; without an address it is not connected."""

    name: str
    url: str
    about: str

    @property
    def state(self) -> str:
        if not self.url:
            return "没有接入"
        return "连续失败，暂停半分钟" if is_resting(self.url) else "已接入"


@page(audience=Audience.OPERATOR)
def index(request: HttpRequest) -> HttpResponse:
    """All of them."""
    context = {"systems": list(_systems()), "sandbox": settings.SANDBOX_URL}
    return render(request, "operator/gateways/list.html", context)


def _systems() -> Iterator[System]:
    for name, setting, about in NAMED:
        yield System(name, getattr(settings, setting), about)
    for name, url in settings.RECORD_URLS.items():
        yield System(f"数据核验 {name}", url, REGISTER)
