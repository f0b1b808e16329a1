"""HTTP to this machine alone."""

import httpx

# One client for all: each makes a list of the authorities it trusts, which takes longer than to
# ask. No connection is kept, for another server may stand at the address when it is asked again.
HTTP = httpx.Client(
    trust_env=False,
    verify=False,
    timeout=30,
    limits=httpx.Limits(max_keepalive_connections=0),
)
