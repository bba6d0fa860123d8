"""How the interface says no: application/problem+json (RFC 9457) with a Chinese title and a code that never changes."""

from dataclasses import dataclass
from typing import Any

from django.http import JsonResponse

# code: (status, title)
PROBLEMS: dict[str, tuple[int, str]] = {
    "unreadable": (400, "请求读不出来"),
    "idempotency_key_missing": (400, "缺少幂等键"),
    "token_missing": (401, "没有访问令牌"),
    "token_invalid": (401, "访问令牌无效或已过期"),
    "scope_missing": (403, "访问令牌没有这项权限"),
    "forbidden": (403, "本单位不能做这件事"),
    "not_found": (404, "没有找到"),
    "method_not_allowed": (405, "这个地址不支持这种方法"),
    "refused": (409, "现在不能这样做"),
    "idempotency_conflict": (409, "幂等键已用于内容不同的请求"),
    "too_large": (413, "请求太大"),
    "content_type": (415, "内容类型应为 application/json"),
    "invalid": (422, "请求内容不合要求"),
    "too_many": (429, "调用太频繁"),
}
ALWAYS = ("unreadable", "token_missing", "token_invalid", "scope_missing", "forbidden", "invalid", "too_many")
WITH_CONTENT = ("refused", "too_large", "content_type")


@dataclass
class Problem(Exception):
    """Raised anywhere in a call; the gate answers it."""

    code: str
    detail: str = ""
    errors: tuple[dict[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


def answered(problem: Problem) -> JsonResponse:
    """The problem as a response."""
    status, title = PROBLEMS[problem.code]
    body: dict[str, Any] = {
        "type": f"urn:zhiping:problem:{problem.code}",
        "title": title,
        "status": status,
        "code": problem.code,
        "detail": problem.detail or f"{title}。",
    }
    if problem.errors:
        body["errors"] = list(problem.errors)
    response = JsonResponse(
        body,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    for name, value in problem.headers:
        response[name] = value
    response["Cache-Control"] = "no-store"
    return response
