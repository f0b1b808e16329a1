"""What the tables share: their kinds of columns, and the metadata that knows them all."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, String, TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite forgets time zones, so it is given none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To the database: refuses naive moments, which would be read as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else value.replace(tzinfo=UTC)


# SQLite numbers rows by itself only where the column is exactly INTEGER.
Serial = BigInteger().with_variant(Integer(), "sqlite")

SUBJECT = String(200)
"""A subject's key, and the key of its link group, which is one of them."""
FULL_NAME = String(300)
"""A repository's, `owner/name`."""
PRODUCT = String(100)

metadata = MetaData()
