"""`os2kb serve` and `os2kb db`: run the service, and upgrade its store."""

import typer

from os2kb.settings import load_settings

db_app = typer.Typer(help="The store's tables.", no_args_is_help=True)


def serve() -> None:
    """Run the service: webhooks in; search and answers out."""
    import uvicorn

    from os2kb.clock import now
    from os2kb.engine.slots import check_slot
    from os2kb.installation import install
    from os2kb.logs import set_up_logs
    from os2kb.store.database import open_database
    from webhooks.app import create_app

    settings = load_settings()
    set_up_logs()
    check_slot(open_database(settings.store_url))
    installation = install(settings, now)
    uvicorn.run(
        create_app(installation),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=10,
        # Longer than a proxy keeps a connection that nobody uses (nginx: 60), so that none is
        # closed as the next request comes.
        timeout_keep_alive=75,
    )


@db_app.command("upgrade")
def upgrade_store() -> None:
    """Bring the store's tables to the newest revision."""
    from os2kb.store.database import open_database, revisions, upgrade

    database = open_database(load_settings().store_url)
    upgrade(database)
    at, _ = revisions(database)
    typer.echo(f"The store is at revision {at}.")


@db_app.command("purge")
def purge_store() -> None:
    """Delete what was asked, and by whom, when its time is up; a running service does it itself."""
    from datetime import timedelta

    from os2kb.clock import now
    from os2kb.governance.commands.given.unanswered import KEEP_ASKERS
    from os2kb.store.asked.forget import forget_old
    from os2kb.store.database import open_database, upgrade
    from os2kb.store.ledger import forget_askers

    settings = load_settings()
    database = open_database(settings.store_url)
    upgrade(database)
    forget_old(database, now() - timedelta(days=settings.answer_log_days))
    forget_askers(database, now() - KEEP_ASKERS)
    typer.echo(
        f"Nothing is kept that was last asked more than {settings.answer_log_days} days ago."
    )
