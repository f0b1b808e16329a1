"""The demo Jira: a stateful stand-in over real HTTP, on the Cloud or in a data center.

```python
jira = Jira("cloud")
plant(jira, read_seed(Path("seed.yml").read_text()))
with running(jira) as url:
    ...  # the API is at url + "/rest/api/2", and at /3 with the same answers
```

Where to look: `seed.py` says what a seed may hold, `api/` is one table of endpoints per noun,
`shapes.py` the JSON they answer with, `changes.py` what changes the state, `world/` what there is.
Its exchanges are checked against Atlassian's published API description in the tests.

On the Cloud a person acts with e-mail and token, in a data center with the token alone: `NAME` acts
with the token `token-NAME`. Where it is simpler than Jira: one workflow, priorities for all
projects, texts are wiki text also in version 3, and queries know the few clauses of `jql.py`.
"""

from os2kb.demo.jira.seed import plant, read_seed
from os2kb.demo.jira.server import running
from os2kb.demo.jira.world.world import Jira

__all__ = ["Jira", "plant", "read_seed", "running"]
