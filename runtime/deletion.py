"""Rasa extension point: none; the job that empties what `tracker_store` keeps in PostgreSQL of forgotten conversations.

`DATABASE_URL=... python -m runtime.deletion`, every few minutes: deploy/ has a systemd timer and a CronJob.
"""

import os
import sys

from sqlalchemy.exc import SQLAlchemyError

from runtime.settings import SettingsError, settings


def main() -> int:
    """Delete, and say how many; returns 1 with one line on standard error when the database cannot be reached."""
    from runtime.sql_store import delete_forgotten

    url = os.environ.get("DATABASE_URL", "")
    if not url:
        print("DATABASE_URL is not set: postgresql://user:password@host:5432/signpost", file=sys.stderr)  # noqa: T201
        return 1
    try:
        deleted = delete_forgotten(url, settings().forget_after)
    except (SQLAlchemyError, SettingsError) as error:
        print(f"Nothing was deleted: {type(error).__name__}", file=sys.stderr)  # noqa: T201
        return 1
    print(f"{deleted} forgotten conversations deleted")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
