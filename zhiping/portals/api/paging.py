"""Pages by cursor: rows that come or go meanwhile are neither doubled nor skipped."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from django.core import signing
from django.db.models import QuerySet
from pydantic import BaseModel, ConfigDict, Field

from zhiping.portals.api.problems import Problem

SALT = "zhiping.api.cursor"


class PageQuery(BaseModel):
    """Which page is wanted."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=200, description="一页最多几条")] = 50
    cursor: Annotated[str, Field(max_length=200, description="上一页答复里的 next，原样带回")] = ""


def page_of(
    rows: QuerySet, query: PageQuery, shown: Callable[[Any], BaseModel], about: Sequence[Any]
) -> tuple[list[Any], str | None]:
    """The page and the cursor of the next. `about` names the list: the cursor of another list is refused."""
    after = _read(query.cursor, about) if query.cursor else 0
    found = list(rows.filter(pk__gt=after).order_by("pk")[: query.limit + 1])
    items = [shown(each) for each in found[: query.limit]]
    if len(found) <= query.limit:
        return items, None
    return items, signing.dumps([*about, found[query.limit - 1].pk], salt=SALT)


def _read(cursor: str, about: Sequence[Any]) -> int:
    try:
        *named, key = signing.loads(cursor, salt=SALT)
    except signing.BadSignature as error:
        raise Problem("invalid", "游标不是上一页答复里的 next。") from error
    if named != list(about):
        raise Problem("invalid", "这个游标属于另一个列表。")
    return int(key)
