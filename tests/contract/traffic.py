"""What was asked of a demo GitHub, and what goes wrong there."""

from os2kb.demo.github import GitHub as DemoGitHub
from os2kb.demo.wire.limits import read_fault


def requests(demo: DemoGitHub, method: str, ending: str) -> list[int]:
    """The statuses of the requests to paths with this ending."""
    return [
        one.status
        for one in demo.traffic.exchanges
        if one.method == method and one.path.endswith(ending)
    ]


def trouble(demo: DemoGitHub, then: str, method: str, path: str, times: int = 1) -> None:
    demo.limits.faults.append(read_fault(then, method, path, times))
