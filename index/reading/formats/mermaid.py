"""Mermaid diagrams as text: who leads to whom, in words.

Read are flowcharts, state diagrams, sequence diagrams and mind maps: that is where processes and
organisations are drawn (https://mermaid.js.org/syntax/flowchart.html). Other diagrams keep their
source text.
"""

import re
from collections.abc import Iterator, Sequence

_MOST_LINES = 500
_LONGEST_LINE = 500  # characters
_LONGEST_CHAIN = 12  # steps told in one go

_FLOW = re.compile(r"(?:flowchart|graph|stateDiagram(?:-v2)?)\b")
_SEQUENCE = re.compile(r"sequenceDiagram\b")
_MIND_MAP = re.compile(r"mindmap\b")
_NOT_DRAWN = re.compile(
    r"(?:style|classDef|class|linkStyle|click|direction|end|accTitle|accDescr|title|note|state|"
    r"participant|actor|activate|deactivate|autonumber|%%|---)(?:\b|$|(?<=%))"
)
_SUBGRAPH = re.compile(r"subgraph\s+(?P<id>[^\s\[]+)?\s*(?:\[(?P<label>.*)\])?\s*$")
_LABELLED_ARROW = re.compile(
    r"(?:--|==|-\.)\s+(?P<label>[^-=|>]{1,80}?)\s+(?P<head>-->|==>|\.->|---)"
)
_ARROW = re.compile(
    r"\s*(?P<back><|o(?=--)|x(?=--))?(?:-{2,}|={2,}|-\.+-)(?P<head>>|[ox](?!\w)|(?=\s|\||$|\w|\ue000))"
    r"\s*(?:\|(?P<label>[^|]{0,80})\|)?\s*"
)
_NODE = re.compile(
    r"(?P<id>\[\*\]|[^\s\[({<>&;:|\"@-][^\s\[({<>&;:|\"@]*?)(?:@\{.*\})?"
    r"(?P<shape>[\[({>]+[\"'/\\]*(?P<label>.*?)[\"'/\\]*[\])}]+)?(?::::?\w+)?$"
)
_STATE_NAME = re.compile(r"state\s+\"(?P<label>[^\"]+)\"\s+as\s+(?P<id>\w+)")
_MESSAGE = re.compile(
    r"(?P<a>[^-:<>+]{1,80}?)\s*<?-{1,2}[>)x]{1,2}[+-]?\s*(?P<b>[^-:<>]{1,80}?)\s*:\s*(?P<text>.+)"
)
_ALIAS = re.compile(r"(?:participant|actor)\s+(?P<id>\S+)\s+as\s+(?P<label>.+)")
_ICON = re.compile(r"\bfa[bsrlt]?:fa-[\w-]+\s?|^::icon\(.*\)$")
_BREAK = re.compile(r"<br\s*/?>|\\n", re.IGNORECASE)

Edge = tuple[str, str, str, str]  # from, what the arrow says, to, the arrow


def readable(diagram: str) -> str:
    """A diagram's content as sentences; its source where it is of a kind that is not read."""
    lines = [line.strip("\r")[:_LONGEST_LINE] for line in diagram.split("\n")[:_MOST_LINES]]
    lines = [line for line in lines if line.strip() and not line.strip().startswith("%%")]
    start = next((n for n, line in enumerate(lines) if not _is_setting(lines, n)), None)
    if start is None:
        return diagram
    head, _, beside = lines[start].strip().partition(";")
    body = [beside, *lines[start + 1 :]]
    if _FLOW.match(head):
        told = _flow(body, states=head.startswith("state"))
    elif _SEQUENCE.match(head):
        told = _sequence(body)
    elif _MIND_MAP.match(head):
        told = _mind_map(body)
    else:
        return diagram
    return told or diagram


def _is_setting(lines: Sequence[str], number: int) -> bool:
    """Front matter (`---` … `---`) before the diagram."""
    marks = [n for n, line in enumerate(lines) if line.strip() == "---"][:2]
    return len(marks) == 2 and marks[0] == 0 and number <= marks[1]


def _flow(lines: Sequence[str], *, states: bool) -> str:
    names: dict[str, str] = {}
    edges: list[Edge] = []
    groups: list[str] = []
    for line in lines:
        text = line.strip().rstrip(";")
        if match := _STATE_NAME.match(text):
            names[match["id"]] = match["label"]
        elif match := _SUBGRAPH.match(text):
            if name := _name(match["label"] or match["id"] or ""):
                groups.append(name)
        elif not _NOT_DRAWN.match(text):
            for statement in text.split(";"):
                drawn, _, said = statement.partition(":") if states else (statement, "", "")
                edges.extend(_edges(drawn, said.strip(), names))
    named = [(names.get(a, a), label, names.get(b, b), arrow) for a, label, b, arrow in edges]
    linked = {name for a, _, b, _ in named for name in (a, b)}
    alone = [name for name in dict.fromkeys([*groups, *names.values()]) if name not in linked]
    return ". ".join([*_chains(named), *alone])


def _edges(statement: str, said: str, names: dict[str, str]) -> Iterator[Edge]:
    """The edges of one statement (`A --> B & C -->|ja| D`); notes the names it gives to nodes.

    Args:
        said: what a state diagram says of the transition, behind a colon.
    """
    statement = _LABELLED_ARROW.sub(lambda m: f"{m['head']}|{m['label']}|", statement)
    hidden, kept = _without_labels(statement)
    before: list[str] = []
    label, arrow, at = "", "", 0
    for match in [*_ARROW.finditer(hidden), None]:
        piece = hidden[at : match.start() if match else len(hidden)]
        here = [node for part in piece.split("&") if (node := _node(part, kept, names))]
        yield from ((a, label or said, b, arrow) for a in before for b in here)
        if match is None:
            break
        before, at = here, match.end()
        label = _name(_restored(match["label"] or "", kept))
        arrow = "↔" if match["back"] == "<" and match["head"] == ">" else "→"
        if not match["head"]:
            arrow = "–"


def _without_labels(statement: str) -> tuple[str, list[str]]:
    """The statement with each quoted or bracketed label replaced by its number."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\ue000{len(kept) - 1}\ue001"

    hidden = re.sub(r'"[^"]{0,400}"', keep, statement.replace("\ue000", "").replace("\ue001", ""))
    return re.sub(r"(?<![<*])[\[({][^\[\](){}]{1,400}[\])}]", keep, hidden), kept


def _restored(text: str, kept: Sequence[str]) -> str:
    for _ in range(3):  # a quoted label inside brackets inside brackets
        text = re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match[1])], text)
    return text


def _node(written: str, kept: Sequence[str], names: dict[str, str]) -> str:
    match = _NODE.fullmatch(_restored(written, kept).strip())
    if match is None:
        return ""
    identity = "•" if match["id"] == "[*]" else match["id"]
    if match["label"] and (label := _name(match["label"])):
        names[identity] = label
    else:
        names.setdefault(identity, identity)
    return identity


def _name(label: str) -> str:
    text = _ICON.sub("", _BREAK.sub(" ", label))
    return " ".join(text.replace("`", "").strip(" \"'").split())


def _chains(edges: Sequence[Edge]) -> Iterator[str]:
    """Edges told one after the other: where one ends, the next begins; many from one as a list."""
    fans: dict[tuple[str, str], list[str]] = {}
    for a, label, b, arrow in dict.fromkeys(edges):
        if not label:
            fans.setdefault((a, arrow), []).append(b)
    told: list[str] = []
    last = ""
    for a, label, b, arrow in dict.fromkeys(edges):
        targets = fans.get((a, arrow), []) if not label else [b]
        if not targets:
            continue  # told with the first of its fan
        if a != last or len(told) >= _LONGEST_CHAIN:
            yield from ["".join(told)] if told else []
            told = [a]
        told.append(f" ({label}) {arrow} {b}" if label else f" {arrow} {', '.join(targets)}")
        last = b if len(targets) == 1 else ""
        if not label:
            fans[a, arrow] = []
    yield from ["".join(told)] if told else []


def _sequence(lines: Sequence[str]) -> str:
    names = {
        match["id"]: _name(match["label"])
        for line in lines
        if (match := _ALIAS.match(line.strip()))
    }
    told = []
    for line in lines:
        if match := _MESSAGE.fullmatch(line.strip()):
            a, b = (names.get(match[end].strip(), match[end].strip()) for end in "ab")
            told.append(f"{a} → {b}: {_name(match['text'])}")
    return ". ".join(told)


def _mind_map(lines: Sequence[str]) -> str:
    """Each node with those below it, by indentation."""
    above: list[tuple[int, str]] = []
    below: dict[str, list[str]] = {}
    for line in lines:
        text = line.strip()
        match = re.fullmatch(r"\w*[\[({]+(?P<label>.*?)[\])}]+", text)
        name = _name(match["label"] if match else text)
        if not name or text.startswith((":::", "::icon")):
            continue
        depth = len(line) - len(line.lstrip())
        above = [(indent, node) for indent, node in above if indent < depth]
        if above:
            below.setdefault(above[-1][1], []).append(name)
        above.append((depth, name))
    return ". ".join(f"{node} → {', '.join(names)}" for node, names in below.items())
