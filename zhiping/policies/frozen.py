"""Database triggers that keep a pack version's text unchanged once it has left the draft (R-389)."""

from django.db.backends.base.base import BaseDatabaseWrapper

FROZEN = ("slug", "number", "text", "checksum", "author_id")
SQLITE = """CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} WHEN OLD.state <> 'draft' AND ({changed})
BEGIN SELECT RAISE(ABORT, 'a pack version is frozen once offered'); END"""
SQLITE_KEPT = """CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a pack version is kept once offered'); END"""
POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION 'a pack version is frozen once offered'; END $$"""
POSTGRES = """CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW
WHEN (OLD.state <> 'draft' AND ({changed})) EXECUTE FUNCTION {table}_frozen()"""
POSTGRES_KEPT = """CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW
WHEN (OLD.state <> 'draft') EXECUTE FUNCTION {table}_frozen()"""


def freeze(connection: BaseDatabaseWrapper, table: str) -> None:
    """Install the triggers."""
    is_postgres = connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if is_postgres else "IS NOT"
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in FROZEN)
    statements = [POSTGRES_FUNCTION, POSTGRES, POSTGRES_KEPT] if is_postgres else [SQLITE, SQLITE_KEPT]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(table=table, changed=changed))


def thaw(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers away; for reversing the migration."""
    suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in ("frozen", "kept"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{suffix}")
