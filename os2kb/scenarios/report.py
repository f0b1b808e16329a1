"""Outcomes as JSON and as JUnit XML, which CI servers show."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as Xml

from index.passages import Language
from os2kb.governance.findings import VERDICTS
from os2kb.governance.harmless.neutralise import scrub
from os2kb.phrases import Phrase
from os2kb.policy.problem import PolicyProblem
from os2kb.scenarios.play import Miss, Outcome
from os2kb.scenarios.scenario import RULES

_VERDICTS: Mapping[str, Phrase] = {**dict(VERDICTS.items()), "off": Phrase("slået fra", "off")}


def outcomes_json(outcomes: Sequence[Outcome], language: Language) -> dict[str, Any]:
    """`{"items": […], "total", "passed", "missed", "broken"}`, ready for JSON.

    An item has `file`, `line`, `name`, `passed`, `findings` (rule to verdict), `labels` (on
    afterwards), `misses` and `problems`.
    """
    broken = sum(bool(one.problems) for one in outcomes)
    passed = sum(one.passed for one in outcomes)
    return {
        "items": [_item(one, language) for one in outcomes],
        "total": len(outcomes),
        "passed": passed,
        "missed": len(outcomes) - passed - broken,
        "broken": broken,
    }


def junit(outcomes: Sequence[Outcome], language: Language) -> bytes:
    """A JUnit report: a suite for each file, a case for each scenario."""
    root = Xml.Element("testsuites", {"name": "os2kb policy test", **_counts(outcomes)})
    for file, group in groupby(outcomes, lambda one: one.file):
        played = list(group)
        suite = Xml.SubElement(root, "testsuite", {"name": _xml(file), **_counts(played)})
        for one in played:
            _case(suite, one, language)
    Xml.indent(root)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def told_miss(miss: Miss, language: Language) -> str:
    """A miss in one line."""
    words = "ventede {}, fik {}" if language == "da" else "expected {}, got {}"
    expected, found = (_in_words(miss, value, language) for value in (miss.expected, miss.found))
    line = f"{miss.what}: " + words.format(expected, found)
    why = miss.why.in_language(language)
    return scrub(f"{line} ({why})" if why else line)


def _in_words(miss: Miss, value: str, language: Language) -> str:
    """What was expected or found: a verdict in words, with the file's own word after them."""
    if miss.what.startswith("not_"):
        absent = value.removeprefix("not ")
        return f"ikke {absent}" if language == "da" and absent != value else value
    if miss.what not in RULES:
        return value
    said = _VERDICTS.get(value)
    word = said.in_language(language) if said else value
    return value if word == value else f"{word} ({value})"


def mistake(problem: PolicyProblem, language: Language) -> str:
    """What is wrong with a file, in one line."""
    place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
    return scrub(f"{place}: {problem.message.in_language(language)}")


def _item(one: Outcome, language: Language) -> dict[str, Any]:
    return {
        "file": scrub(one.file),
        "line": one.line,
        "name": scrub(one.name),
        "passed": one.passed,
        "findings": {finding.rule: finding.verdict for finding in one.findings},
        "labels": [scrub(label) for label in one.labels],
        "misses": [
            {
                "what": scrub(miss.what),
                "expected": scrub(miss.expected),
                "found": scrub(miss.found),
                "why": scrub(miss.why.in_language(language)),
            }
            for miss in one.misses
        ],
        "problems": [
            {
                "path": scrub(problem.path),
                "line": problem.line,
                "message": scrub(problem.message.in_language(language)),
            }
            for problem in one.problems
        ],
    }


def _case(suite: Xml.Element, one: Outcome, language: Language) -> None:
    file, name = _xml(one.file), _xml(one.name)
    about = {"name": name, "classname": file, "file": file, "line": str(one.line)}
    case = Xml.SubElement(suite, "testcase", about)
    if one.problems:
        lines = [_xml(mistake(problem, language)) for problem in one.problems]
        Xml.SubElement(case, "error", message=lines[0], type="broken").text = "\n".join(lines)
    elif one.misses:
        lines = [_xml(told_miss(miss, language)) for miss in one.misses]
        Xml.SubElement(case, "failure", message=lines[0], type="miss").text = "\n".join(lines)


def _xml(text: str) -> str:
    """Without what XML cannot hold (https://www.w3.org/TR/xml/#charsets)."""
    return scrub(text).translate({0xFFFE: None, 0xFFFF: None})


def _counts(outcomes: Sequence[Outcome]) -> dict[str, str]:
    broken = sum(bool(one.problems) for one in outcomes)
    missed = sum(bool(one.misses) for one in outcomes)
    return {"tests": str(len(outcomes)), "failures": str(missed), "errors": str(broken)}
