"""Alembic's entry; the connection comes from content.store.schema."""

from alembic import context

from content.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
