"""Alembic's entry point: runs the migrations on the given connection, inside its transaction."""

from alembic import context

from penchant.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
