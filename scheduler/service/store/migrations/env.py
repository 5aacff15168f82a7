"""Run by alembic: each step on the connection that it is given, inside the transaction of that."""

from alembic import context

from scheduler.service.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
