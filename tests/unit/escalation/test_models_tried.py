"""Which model a file holds, over a repository's own Policy."""

import pytest

from os2kb.escalation.models import model_in, own_model
from os2kb.policy.grants import Grant
from os2kb.policy.load import PolicyFile, ReadPolicy, read_policy
from os2kb.policy.problem import BadPolicy

OWN = """
version: 1
labels: {severity: {kritisk: "fejl: kritisk"}}
people: {coordinators: [kim]}
escalation: {severities: {kritisk: {criteria: Alt nede, respond: 1h}}}
"""


def read(text: str | None = OWN, organisation: str | None = None) -> ReadPolicy:
    files = (PolicyFile(one) if one else None for one in (text, organisation))
    return read_policy(*files)


def test_sections_are_in_place_of_the_repositorys_own_and_all_else_is_its_own():
    file = PolicyFile("escalation: {severities: {slem: {criteria: Slemt, respond: 3h}}}", "x/a.yml")
    found = model_in(file, read(), None)
    assert found.name.da == "a.yml"
    assert list(found.escalation.severities) == ["slem"]
    assert found.policy.labels.severity == {"kritisk": "fejl: kritisk"}
    # The default ladder is of the repository's people.
    assert [rung.notify for rung in found.escalation.ladder] == [("@kim",)]


def test_a_whole_policy_is_in_place_of_the_repositorys_own_over_its_organisations():
    organisation = "version: 1\npeople: {coordinators: [bo]}\n"
    file = PolicyFile("version: 1\nescalation: {}\n", "a.yml")
    found = model_in(file, read(organisation=organisation), None)
    assert found.policy.labels.severity == {}
    assert found.policy.people.coordinators == ("bo",)


def test_without_a_file_it_is_the_repositorys_own_else_the_default_proposal():
    own = own_model(read(), None)
    assert (own.name.da, list(own.escalation.severities)) == ("den gældende", ["kritisk"])
    for none in (read(None), read("version: 1\npeople: {coordinators: [kim]}\n")):
        default = own_model(none, None)
        assert default.name.en == "the default proposal"
        assert next(iter(default.escalation.severities)) == "kritisk"
        assert default.escalation.status == "forslag"


def test_the_ladder_takes_the_teams_that_the_product_names():
    grant = Grant("os2demo", teams=(("styregruppe", ("@os2demo/styregruppe",)),))
    found = model_in(PolicyFile("escalation: {}", "a.yml"), read(), grant)
    assert [rung.name for rung in found.escalation.ladder] == ["produktkoordinator", "styregruppe"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "Filen har ingen eskaleringsmodel"),
        ("escalation:\n", 1, "Filen har ingen eskaleringsmodel"),
        ("version: 1\n", 1, "Filen har ingen eskaleringsmodel"),
        ("severities: {}\n", 1, "Ukendt nøgle `severities`"),
        ("escalation:\n  severities: {}\n", 2, "`escalation.severities` skal være"),
        ("escalation:\n  hours: {from: '16:00', to: '08:00'}\n", 2, "`escalation.hours`"),
        ("- a\n", 1, "Filen skal bestå af nøgler og værdier"),
        ("escalation: &a {}\n", 1, "Ankre og henvisninger"),
    ],
)
def test_a_file_without_a_model_that_can_hold_is_refused_with_its_line(
    text: str, line: int, said: str
):
    with pytest.raises(BadPolicy) as refused:
        model_in(PolicyFile(text, "a.yml"), read(), None)
    found = refused.value.problems[0]
    assert (found.path, found.line) == ("a.yml", line)
    assert found.message.da.startswith(said)
