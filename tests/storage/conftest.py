from tests.databases import database, database_url, new_url, postgres, sqlite_template

__all__ = ["database", "database_url", "new_url", "postgres", "sqlite_template"]
