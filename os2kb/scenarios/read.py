"""Scenario files to scenarios, each with the Policy it is about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from os2kb.phrases import Phrase, SaidInBoth
from os2kb.policy.document import MAX_BYTES, Document, Keys, read_document
from os2kb.policy.layers import Layer, LayerName, laid_over, layer, long_form
from os2kb.policy.load import policy_of
from os2kb.policy.policy import Policy
from os2kb.policy.problem import BadPolicy, PolicyProblem
from os2kb.policy.validate import validated
from os2kb.scenarios.scenario import Scenario

_MARKS = {"subject", "expect", "moments", "cases"}  # what tells a scenario from a Policy


class Unreadable(SaidInBoth):
    """A path holds no scenarios, or cannot be read. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario that can be played. `line` is where it begins, 1-based."""

    file: str
    name: str
    line: int
    scenario: Scenario
    policy: Policy


@dataclass(frozen=True, slots=True)
class Broken:
    """A scenario that cannot be played, and why."""

    file: str
    name: str
    line: int
    problems: tuple[PolicyProblem, ...]


def scenario_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files to read: those named, and in folders every YAML file that holds scenarios.

    Raises:
        Unreadable: there is nothing at a path, or no scenario in a folder.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = [file for file in _yaml_files(path) if not _is_policy(file)]
            if not inside:
                raise Unreadable(
                    f"{path}: ingen scenarier (*.yml) her; angiv en anden mappe",
                    f"{path}: no scenarios (*.yml) here; name another folder",
                )
            found.update(dict.fromkeys(inside))
        elif path.is_file():
            found[path] = None
        else:
            raise Unreadable(
                f"{path}: der er ingen sådan fil eller mappe; angiv en fil med scenarier eller en "
                "mappe af dem (docs/policy.md viser, hvordan de skrives)",
                f"{path}: there is no such file or folder; name a file of scenarios or a folder of "
                "them (docs/policy.md shows how to write one)",
            )
    return tuple(found)


def read_scenarios(file: Path) -> Iterator[Loaded | Broken]:
    """Every scenario of a file: one, or one for each of its `cases`."""
    try:
        document = read_document(_bytes(file), str(file))
        cases = _cases(document)
    except BadPolicy as bad:
        yield Broken(str(file), file.stem, 1, bad.problems)
        return
    except OSError as wrong:
        why = f"{file}: {wrong.strerror or wrong}"
        raise Unreadable(why, why) from None
    for line, case in cases:
        yield _loaded(file, line, case)


def _loaded(file: Path, line: int, case: Document) -> Loaded | Broken:
    named = case.data.get("name")
    name = named if isinstance(named, str) else file.stem
    try:
        scenario = validated(case, Scenario)
        files = (
            _layer("organisation", file, scenario.organisation, case),
            _layer("repository", file, scenario.policy, case),
        )
        policy = policy_of(tuple(one for one in files if one)).policy
    except BadPolicy as bad:
        return Broken(str(file), name, line, bad.problems)
    return Loaded(str(file), name, line, scenario, policy)


def _layer(
    name: LayerName, file: Path, said: str | Mapping[str, Any] | None, case: Document
) -> Layer | None:
    """A Policy file that a scenario names, or the Policy that stands in it."""
    if said is None:
        return None
    key = "policy" if name == "repository" else "organisation"
    if isinstance(said, str):
        path = file.parent / said
        try:
            return layer(name, read_document(_bytes(path), str(path)))
        except BadPolicy:
            raise
        except (OSError, ValueError):
            raise _problem(
                case,
                (key,),
                f"Policyen {path} kan ikke læses; ret stien.",
                f"The Policy {path} cannot be read; mend the path.",
            ) from None
    lines = {keys[1:]: line for keys, line in case.lines.items() if keys[:1] == (key,)}
    return layer(name, Document(case.path, {"version": 1, **said}, lines))


def _bytes(file: Path) -> bytes:
    """What a file holds, and no more of it than is needed to see that it is too large.

    Whoever proposes a scenario chooses the path, and a device or a pipe has no end.

    Raises:
        OSError: it cannot be read, or is no file.
    """
    if not file.is_file():
        raise FileNotFoundError("it is no file")
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _cases(document: Document) -> list[tuple[int, Document]]:
    """The scenarios of a file: what stands beside `cases` holds for each of them."""
    if "cases" not in document.data:
        return [(1, document)]
    cases = document.data["cases"]
    if not isinstance(cases, tuple) or not cases or not all(isinstance(c, dict) for c in cases):
        raise _problem(
            document,
            ("cases",),
            "`cases` skal være en liste af scenarier.",
            "`cases` must be a list of scenarios.",
        )
    shared = {key: value for key, value in document.data.items() if key != "cases"}
    return [_case(document, shared, place, case) for place, case in enumerate(cases)]


def _case(
    document: Document, shared: dict[str, Any], place: int, case: dict[str, Any]
) -> tuple[int, Document]:
    own = ("cases", place)
    lines: dict[Keys, int] = {key: n for key, n in document.lines.items() if key[:1] != own[:1]}
    lines.update({key[2:]: n for key, n in document.lines.items() if key[:2] == own and key[2:]})
    named = {"name": f"{place + 1}"}
    return (
        document.line(own) or 1,
        Document(document.path, dict(laid_over(named | _long(shared), _long(case))), lines),
    )


def _long(data: Mapping[str, Any]) -> dict[str, Any]:
    """With its Policies in the form in which they merge as the layers of a Policy do."""
    return {
        key: long_form(value)
        if key in ("policy", "organisation") and isinstance(value, Mapping)
        else value
        for key, value in data.items()
    }


def _problem(document: Document, keys: Keys, da: str, en: str) -> BadPolicy:
    return BadPolicy((PolicyProblem(document.path, document.line(keys), Phrase(da, en)),))


def _yaml_files(folder: Path) -> list[Path]:
    named = (path for path in folder.rglob("*") if path.suffix in (".yml", ".yaml"))
    return sorted(path for path in named if path.is_file())


def _is_policy(file: Path) -> bool:
    """Whether a file beside the scenarios is the Policy that they are about."""
    try:
        keys = set(read_document(_bytes(file), str(file)).data)
    except (BadPolicy, OSError):
        return False
    return "version" in keys and not keys & _MARKS
