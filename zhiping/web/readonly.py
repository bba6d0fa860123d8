"""A guard under which the database takes no write: a link must never change a file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

READING = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "EXPLAIN")
SESSION_TABLE = '"django_session"'


class WriteInRead(RuntimeError):
    """A page shown by GET tried to write."""


@contextmanager
def reading_only(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Refuse every statement that is not a read, except the session's own row."""

    def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(READING) and SESSION_TABLE not in sql:
            raise WriteInRead(sql.split("(", maxsplit=1)[0][:80])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield
