"""Database triggers that refuse to change or delete rows of a table, on both engines."""

from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE = """CREATE TRIGGER {table}_{verb}_refused BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION zhiping_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""
POSTGRES = """CREATE TRIGGER {table}_{verb}_refused BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION zhiping_append_only()"""


def protect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Install the triggers; for migrations and for the test that tries to break the log."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for verb in ("UPDATE", "DELETE"):
            template = POSTGRES if connection.vendor == "postgresql" else SQLITE
            cursor.execute(template.format(table=table, verb=verb))


def unprotect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers away again; for reversing a migration and for tests that empty their database."""
    suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("UPDATE", "DELETE"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{verb}_refused{suffix}")
