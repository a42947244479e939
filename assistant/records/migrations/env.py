"""Run by alembic: the revisions are applied on the connection that the program hands over, in one transaction."""

from __future__ import annotations

from alembic import context

from assistant.records.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
