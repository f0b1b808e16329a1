"""The demo GitHub as a process of its own: `python -m os2kb.demo.github --seed FILE`."""

import argparse
import os
import sys
from pathlib import Path

from os2kb.demo.github.plant import make_key, plant
from os2kb.demo.github.read_seed import BadSeed, read_seed_file
from os2kb.demo.github.server import make_server
from os2kb.demo.github.world.world import GitHub
from os2kb.demo.wire.serving import listen


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; returns the exit status."""
    options = _options().parse_args(arguments)
    try:
        seed = read_seed_file(options.seed)
        if seed.app.public_key:
            public_key = seed.app.public_key
        else:
            private_key, public_key = make_key()
            _write_private(options.private_key, private_key)
        github = GitHub()
        with listen(options.port) as listener:
            server = make_server(github, listener, public_key)
            plant(github, seed, public_key)
            github.hooks.configure(options.webhook_url, options.webhook_secret)
            sys.stdout.write(f"Demo GitHub: {github.web} · API: {github.api}\n")
            sys.stdout.flush()
            server.run(sockets=[listener])
    except (BadSeed, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    github.hooks.stop()
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m os2kb.demo.github", description=__doc__)
    parser.add_argument("--seed", type=Path, required=True, help="YAML or JSON; see seed.py")
    parser.add_argument("--port", type=int, default=0, help="0 (default): the kernel chooses")
    parser.add_argument("--webhook-url", default="", help="where deliveries go; default: nowhere")
    parser.add_argument("--webhook-secret", default="", help="signs the deliveries")
    parser.add_argument(
        "--private-key",
        type=Path,
        default=Path("demo-app.pem"),
        help="where the app's new private key is written, unless the seed brings a public key",
    )
    return parser


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


if __name__ == "__main__":
    sys.exit(main())
