"""How Alembic runs our migrations: on the connection that it is handed, in the transaction that stands open there."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
