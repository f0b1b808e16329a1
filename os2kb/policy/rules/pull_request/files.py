"""Options of the rules about which files are changed, and what stands in them."""

from typing import Annotated

from pydantic import Field

from os2kb.policy.rules.setting import RuleSetting
from os2kb.policy.section import Name

_TESTS = (
    *("test/*", "tests/*", "*/test/*", "*/tests/*", "*/__tests__/*", "e2e/*", "cypress/*"),
    *("*Test.php", "*Tests.cs", "test_*.py", "*/test_*.py", "*_test.*", "*.test.*", "*.spec.*"),
)
_SOURCE = (
    *("*.php", "*.module", "*.py", "*.js", "*.jsx", "*.ts", "*.tsx", "*.vue", "*.java", "*.kt"),
    *("*.cs", "*.go", "*.rb", "*.rs", "*.c", "*.cpp", "*.swift"),
)
_SOURCE_BUT_TESTS = (*_SOURCE, *(f"!{glob}" for glob in _TESTS))


class Changelog(RuleSetting):
    """Options of `changelog`.

    Attributes:
        exempt: a pull request that only touches these needs no entry; globs as in a shell, where
            `*` also crosses folders.
        link: whether the entry has to link to its pull request.
    """

    exempt: tuple[Name, ...] = (".github/*", ".gitlab-ci.yml", "docs/*", "*.md", "*.rst")
    link: bool = False


class Companions(RuleSetting):
    """Options of a rule that asks for one kind of file where another is changed.

    Attributes:
        when: globs of the files that ask for it; one that begins with `!` takes files out again.
        then: globs of the files of which at least one must be changed too.
    """

    when: tuple[Name, ...] = _SOURCE_BUT_TESTS
    then: tuple[Name, ...]


class Tests(Companions):
    """Options of `tests`: see `Companions`."""

    then: tuple[Name, ...] = _TESTS


class Documentation(Companions):
    """Options of `documentation`: see `Companions`."""

    then: tuple[Name, ...] = ("docs/*", "doc/*", "*/docs/*", "README*", "*/README*")


class ApiDescription(Companions):
    """Options of `api-description`: see `Companions`."""

    when: tuple[Name, ...] = (
        *("*Controller.*", "*/ApiResource/*", "*/Dto/*", "*/api/*", "*/routers/*"),
        *(f"!{glob}" for glob in _TESTS),
    )
    then: tuple[Name, ...] = ("*openapi*", "*swagger*", "*api-spec*", "*schema.graphql")


class Size(RuleSetting):
    """Options of `size`.

    Attributes:
        max_files: changed files.
        max_lines: lines added and removed.
        exempt: globs of files that do not count: generated ones and lock files.
    """

    max_files: Annotated[int, Field(ge=1, le=1_000_000)] = 50
    max_lines: Annotated[int, Field(ge=1, le=1_000_000)] = 1000
    exempt: tuple[Name, ...] = (
        *("*.lock", "*package-lock.json", "*pnpm-lock.yaml", "*.min.js", "*.min.css", "*.map"),
        *("*.svg", "*.snap", "*.po", "*openapi*", "*api-spec*"),
    )


class Licence(RuleSetting):
    """Options of `licence`.

    Attributes:
        spdx: the licence that new files name, as `MPL-2.0` (https://spdx.org/licenses/); any
            where left out.
        header: words that new files may open with instead.
        paths: globs of the files that need it.
    """

    spdx: Annotated[str, Field(pattern=r"^[A-Za-z0-9.+-]{1,60}$")] | None = None
    header: Name | None = None
    paths: tuple[Name, ...] = _SOURCE
