"""The key of answers' ids: the installation's own, so that no question tells its answer's id."""

from secrets import token_bytes

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from os2kb.store.database import StoreUnavailable
from os2kb.store.secrets import ANSWER_IDS, secret


def key_of_answers(database: Engine) -> bytes:
    """The same for every process that answers; made at the first start.

    Raises:
        StoreUnavailable: it can be neither read nor kept.
    """
    try:
        return secret(database, ANSWER_IDS, lambda: token_bytes(32))
    except SQLAlchemyError as error:
        raise StoreUnavailable(
            f"databasen kan ikke gemme nøglen til svar ({type(error).__name__}); se efter, om der "
            "kan skrives i den, og om disken er fuld",
            f"the store cannot keep the key of answers ({type(error).__name__}); check that it "
            "can be written and that the disk is not full",
        ) from error
