"""Triggers that refuse UPDATE and DELETE on a table, for each database we know."""

from __future__ import annotations

from sqlalchemy import Connection, text

REFUSAL = "the ledger is append-only"


def forbid_changes(connection: Connection, table: str) -> None:
    """Makes `table` append-only, whoever holds the connection."""
    twins = {"sqlite": _sqlite, "postgresql": _postgresql}
    for statement in twins[connection.dialect.name](table):
        connection.execute(text(statement))


def _sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
