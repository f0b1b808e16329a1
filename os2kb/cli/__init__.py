"""The os2kb command."""

import gc
import sys


def main() -> None:
    """Run the command; what can be expected to go wrong ends in one sentence, not a trace."""
    # As often as Python does by itself, a tenth of a build is spent looking for garbage among
    # modules and passages, which are none.
    gc.set_threshold(100_000, 50)

    import typer

    from os2kb.cli.commands import app
    from os2kb.cli.failure import expected_errors
    from os2kb.cli.language import told

    try:
        app()
    except Exception as error:
        # Looked up here, since every command ends in SystemExit, which would import them all.
        if not isinstance(error, expected_errors()):
            raise
        typer.secho(f"os2kb: {told(error)}", fg=typer.colors.RED, err=True)
        sys.exit(1)
    finally:
        # Else Python looks through all that lives for cycles as it ends: .3 s after a build.
        gc.freeze()
