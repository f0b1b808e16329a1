"""What a scenario says of a pull request, as the forge would show it."""

from collections.abc import Callable
from datetime import datetime

from os2kb.governance import facts as known
from os2kb.scenarios.moments import before
from os2kb.scenarios.subject import File, Person, SubjectPart

_HEAD = "0" * 40


def pull_request(
    one: SubjectPart,
    default_branch: str,
    account: Callable[[Person], known.Account],
    now: datetime,
) -> known.PullRequest:
    """The pull request; commits, reviews, threads and checks count as read."""
    files = tuple(_file(file) for file in one.files)
    return known.PullRequest(
        head_branch=one.branch,
        head_sha=_HEAD,
        base_branch=one.base or default_branch,
        draft=one.draft,
        merged=one.merged,
        files=files,
        files_cut=one.files_cut,
        commits=_commits(one, account),
        updated_at=before(one.updated, now),
        additions=_lines(files, "+") if one.additions is None else one.additions,
        deletions=_lines(files, "-") if one.deletions is None else one.deletions,
        from_fork=one.from_fork,
        reviews=tuple(
            known.Review(account(review.author), review.state, before(review.at, now), _HEAD)
            for review in one.reviews
        ),
        threads=tuple(known.Thread(thread.resolved, thread.outdated) for thread in one.threads),
        checks=tuple(
            known.CheckResult(
                check.name, None if check.conclusion == "running" else check.conclusion
            )
            for check in one.checks
        ),
    )


def _file(file: File) -> known.ChangedFile:
    patch = _one_line(file.change) if file.patch is None else file.patch
    return known.ChangedFile(file.path, file.change, _whole(patch) if patch else None, file.lines)


def _one_line(change: known.Change) -> str:
    kept = {"added": "+efter", "removed": "-før"}
    return kept.get(change, "-før\n+efter")


def _whole(patch: str) -> str:
    """A whole diff; one without a hunk's header is put under the changelog's first heading."""
    if any(line.startswith("@@") for line in patch.splitlines()):
        return patch
    lines = patch.splitlines()
    old = sum(not line.startswith("+") for line in lines)
    new = sum(not line.startswith("-") for line in lines)
    return f"@@ -1,{old} +1,{new} @@ ## [Unreleased]\n{patch}"


def _lines(files: tuple[known.ChangedFile, ...], sign: str) -> int:
    return sum(line.startswith(sign) for file in files for line in (file.patch or "").splitlines())


def _commits(
    one: SubjectPart, account: Callable[[Person], known.Account]
) -> tuple[known.Commit, ...]:
    if one.commits is None:
        return (known.Commit("1" * 40, one.title, account(one.author)),)
    return tuple(
        known.Commit(
            sha=f"{place:040x}",
            message=commit.message,
            author=account(commit.author or one.author),
            parents=commit.parents,
            author_name=commit.name,
            author_email=commit.email,
        )
        for place, commit in enumerate(one.commits, 1)
    )
