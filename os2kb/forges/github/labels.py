"""Labels on an issue or pull request.

https://docs.github.com/en/rest/issues/labels
"""

from urllib.parse import quote

from os2kb.forges.github.transport import Transport
from os2kb.forges.port import NotFound


def add(github: Transport, full_name: str, number: int, label: str) -> bool:
    """Put an existing label on; False where somebody had already.

    Raises:
        NotFound: there is no such label. GitHub itself would make it, so we look first.
    """
    github.get(full_name, f"/repos/{full_name}/labels/{quote(label, safe='')}")
    path = f"/repos/{full_name}/issues/{number}/labels"
    present = {str(one["name"]).casefold() for one in github.pages(full_name, path)}
    if label.casefold() in present:
        return False  # GitHub would answer 200 all the same, and we would think it ours
    github.write("POST", full_name, path, {"labels": [label]})
    return True


def remove(github: Transport, full_name: str, number: int, label: str) -> bool:
    """Take a label off; False where it was already gone."""
    path = f"/repos/{full_name}/issues/{number}/labels/{quote(label, safe='')}"
    try:
        github.write("DELETE", full_name, path, None)
    except NotFound:
        return False
    return True
