"""The demo GitHub: a stateful stand-in over real HTTP, for `make run` and the tests alike.

```python
github = GitHub()
private_key, public_key = make_key()
plant(github, read_seed_file(Path("seed.yml")), public_key)
with running(github, public_key=public_key) as url:
    ...  # the API is at url + "/api/v3", pages for people at url
```

Where to look: `seed.py` says what a seed may hold, `api/control.py` how tests steer the demo,
`api/` is one table of endpoints per noun, `shapes/` is the JSON they answer with, and the modules
beside this one hold what changes the state. Its exchanges are checked against GitHub's published
API description in the tests.

A person acts with `Authorization: Bearer person-LOGIN`; the app with its JWT and the installation
tokens it mints. Where it is simpler than GitHub: merges go by whole files, only branches are
refs, a fork is but a mark on a pull request, there are no projects, and
a private repository's pages are shown to whoever can reach this machine's loopback.
"""

from os2kb.demo.github.plant import make_key, plant
from os2kb.demo.github.read_seed import BadSeed, read_seed, read_seed_file
from os2kb.demo.github.server import running
from os2kb.demo.github.world.world import GitHub

__all__ = ["BadSeed", "GitHub", "make_key", "plant", "read_seed", "read_seed_file", "running"]
