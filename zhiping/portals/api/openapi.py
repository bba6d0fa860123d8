"""The document of the interface (OpenAPI 3.1), made from the declarations that the gate itself obeys."""

from typing import Any

from django.urls import get_resolver
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from zhiping.exchange.states import Scope
from zhiping.portals.api.contract import Operation
from zhiping.portals.api.problems import ALWAYS, PROBLEMS, WITH_CONTENT

SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 80}
PLACE = "#/components/schemas/{model}"
ABOUT = (
    "职评平台与其他部门系统之间的接口。令牌按 OAuth 2.0 客户端凭据方式换取，15 分钟有效。"
    "出错时答复 application/problem+json，code 不会变，title 和 detail 是给人看的中文。"
)


def document(server: str) -> dict[str, Any]:
    """The whole document."""
    offered = _offered()
    shapes = [each for _, one in offered for each in (one.query, one.content, one.answer) if each]
    _, made = models_json_schema(
        [
            (shape, "serialization" if _is_answer(shape, offered) else "validation")
            for shape in dict.fromkeys(shapes)
        ],
        ref_template=PLACE,
    )
    paths: dict[str, dict[str, Any]] = {}
    for address, one in offered:
        paths.setdefault(address, {})[one.method.lower()] = _described(one, address, made["$defs"])
    return {
        "openapi": "3.1.0",
        "info": {"title": "职评数据交换接口", "version": "1", "description": ABOUT},
        "servers": [{"url": server}],
        "security": [{"client": []}],
        "paths": paths,
        "components": {
            "schemas": {**made["$defs"], "Problem": _problem()},
            "securitySchemes": {"client": _security()},
        },
    }


def _offered() -> list[tuple[str, Operation]]:
    """(address, operation) for every operation that has an address."""
    space = next(each for each in get_resolver().url_patterns if str(each.pattern) == "api/")
    return [
        (f"/api/{str(each.pattern).replace('<str:', '{').replace('>', '}')}", one)
        for each in space.url_patterns
        for one in getattr(each.callback, "operations", ())
    ]


def _is_answer(shape: type[BaseModel], offered: list[tuple[str, Operation]]) -> bool:
    return any(one.answer is shape for _, one in offered)


def _described(one: Operation, address: str, shapes: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "security": [{"client": [one.scope.value]}],
        "parameters": _parameters(one, address, shapes),
        "responses": _responses(one),
    }
    if one.content:
        content = {"application/json": {"schema": {"$ref": PLACE.format(model=one.content.__name__)}}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _parameters(one: Operation, address: str, shapes: dict[str, Any]) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "path", "required": True, "schema": SLUG}
        for name in (part[1:-1] for part in address.split("/") if part.startswith("{"))
    ]
    if one.query:
        properties = shapes.pop(one.query.__name__, None) or one.query.model_json_schema()
        shapes[one.query.__name__] = properties
        found += [
            {"name": name, "in": "query", "required": False, "schema": schema}
            for name, schema in properties["properties"].items()
        ]
    for each in one.headers:
        schema = {"type": "string", "pattern": each.pattern}
        found.append(_header(each.name, each.description, schema))
    if one.repeatable:
        words = "每个新请求换一个；同键同内容得到同一答复，同键不同内容答 409"
        schema = {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[!-~]+$"}
        found.append(_header("Idempotency-Key", words, schema))
    return found


def _header(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "description": description, "schema": schema}


def _responses(one: Operation) -> dict[str, Any]:
    ok = {"application/json": {"schema": {"$ref": PLACE.format(model=one.answer.__name__)}}}
    found: dict[str, Any] = {str(one.status): {"description": one.summary, "content": ok}}
    codes = [*ALWAYS, *(WITH_CONTENT if one.content else ()), *one.refusals]
    if one.repeatable:
        codes += ["idempotency_key_missing", "idempotency_conflict"]
    grouped: dict[int, list[str]] = {}
    for code in codes:
        grouped.setdefault(PROBLEMS[code][0], []).append(code)
    problem = {"application/problem+json": {"schema": {"$ref": PLACE.format(model="Problem")}}}
    for status in sorted(grouped):
        words = "；".join(f"{code} {PROBLEMS[code][1]}" for code in grouped[status])
        found[str(status)] = {"description": words, "content": problem}
    return found


def _problem() -> dict[str, Any]:
    words = {name: {"type": "string"} for name in ("type", "title", "detail")}
    line = {"type": "object", "properties": {"field": {"type": "string"}, "reason": {"type": "string"}}}
    return {
        "type": "object",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            **words,
            "status": {"type": "integer"},
            "code": {"type": "string", "enum": sorted(PROBLEMS)},
            "errors": {"type": "array", "items": line},
        },
    }


def _security() -> dict[str, Any]:
    scopes = {scope.value: scope.label for scope in Scope}
    return {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "/api/token", "scopes": scopes}},
    }
