"""How the tables have come about, step by step (alembic)."""
