"""Purpose: the template's headings are kept and its checklist answered, as reviewers expect."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.reading.prose import folded, headings, top_paragraphs, visible_lines
from os2kb.governance.rules.pull_request.written.checklist import Task, is_answered, tasks
from os2kb.governance.rules.rule import Rule, not_applicable, passes
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "template"
_MOST_HEADINGS = 100
_MOST_SHOWN = 4
_WORDS_THAT_EXPLAIN = 3


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Compares the description with the template it was made from, as its lines read."""
    options = policy.guidelines.rules.template
    template = _nearest(facts.body, (facts.templates or {}).values())
    wanted = options.headings or tuple(one.text for one in headings(template))[:_MOST_HEADINGS]
    asked = tasks(template) if options.checklist else ()
    if not wanted and not asked:
        return not_applicable(
            ID,
            "Der er ingen skabelon med overskrifter eller tjekliste.",
            "There is no template with headings or a checklist.",
        )
    given = tasks(facts.body)
    missing = _missing(wanted, facts.body)
    open_ = [one for one in asked if not is_answered(one, given)]
    if missing:
        return _without_headings(missing)
    if open_ and not _is_explained(facts.body, template):
        return _unanswered(open_)
    return passes(
        ID,
        "Skabelonens overskrifter og tjekliste er udfyldt.",
        "The template's headings are kept and its checklist is answered.",
    )


def _nearest(body: str, templates: Iterable[str]) -> str:
    """The template that has most headings and tasks in common with the text."""
    lines = {folded(line) for line in visible_lines(body)}

    def shared(template: str) -> int:
        return sum(folded(line) in lines for line in visible_lines(template))

    return max(templates, key=shared, default="")


def _missing(wanted: Iterable[str], body: str) -> list[str]:
    """Headings that no line of the text is, or begins with; of any rank, or only bold."""
    lines = [f"{folded(line.lstrip('# '))} " for line in visible_lines(body)]

    def is_kept(heading: str) -> bool:
        begins = f"{folded(heading)} "
        return any(line.startswith(begins) for line in lines)

    return [heading for heading in wanted if not is_kept(heading)]


def _is_explained(body: str, template: str) -> bool:
    """Whether the part of the text with the checklist says more than the template does there."""
    theirs = {folded(line) for line in visible_lines(template)}
    said = [line for line in _below_tasks(body) if folded(line) not in theirs]
    return sum(len(line.split()) for line in said) >= _WORDS_THAT_EXPLAIN


def _below_tasks(body: str) -> Iterator[str]:
    """The lines beside tasks, under the same heading; one right below a list belongs to it."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts = [0, *(one.start for one in headings(body)), len(lines)]
    for start, end in pairwise(starts):
        part = "\n".join(lines[start:end])
        given = tasks(part)
        if given:
            yield from given[-1].more.splitlines()
            for paragraph in top_paragraphs(part):
                yield from paragraph


def _without_headings(missing: list[str]) -> Finding:
    named = _quoted(missing)
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Skabelonens overskrifter mangler: {named}.",
            f"Headings of the template are missing: {named}.",
        ),
        Phrase(
            f"Sæt overskrifterne ind igen, og skriv noget under dem: {named}.",
            f"Put the headings back and write something below them: {named}.",
        ),
        label="status.needs-info",
    )


def _unanswered(open_: list[Task]) -> Finding:
    named = _quoted([one.text for one in open_])
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Punkter i tjeklisten er ikke besvaret: {named}.",
            f"Items of the checklist are not answered: {named}.",
        ),
        Phrase(
            "Sæt kryds ved punkterne, eller skriv under tjeklisten, hvorfor de ikke gælder her.",
            "Tick the items, or write below the checklist why they do not apply here.",
        ),
        label="status.needs-info",
    )


def _quoted(texts: list[str]) -> str:
    shown = ", ".join(f'"{text}"' for text in texts[:_MOST_SHOWN])
    return shown + (", …" if len(texts) > _MOST_SHOWN else "")


RULE = Rule(
    id=ID,
    asks=Phrase("følger skabelonen", "follows the template"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "udfyld +skabelonen for pull requests / "
        "+tjeklisten skal besvares / "
        "fill in the pull request +template / "
        "meet the requirements on the +checklist"
    ),
    concepts=("status.needs-info",),
    setting=lambda rules: rules.template,
    check=check,
    needs=frozenset({"templates"}),
    events=frozenset({"pull_request"}),
    asks_bots=False,
)
