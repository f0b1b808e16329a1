"""What was learned, as the running bot asks for it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from os2kb.governance.facts import Facts
from os2kb.governance.learned import Classified
from os2kb.triage.issues import LabelledIssue
from os2kb.triage.model import train
from os2kb.triage.serving import Classifier
from os2kb.triage.store import save
from tests.unit.governance.cases import POLICY, REPOSITORY, issue
from tests.unit.triage.labelled import issues

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HERE = REPOSITORY.full_name
CRASH = issue("kalender crashes", "Det gælder login.")
Save = Callable[[list[LabelledIssue]], str]


@pytest.fixture
def trained(tmp_path: Path) -> Save:
    def saved(labelled: list[LabelledIssue]) -> str:
        return save(train(labelled), tmp_path, NOW).name

    return saved


@pytest.fixture
def classifier(tmp_path: Path) -> Classifier:
    return Classifier(tmp_path, lambda: None)


def asked(classifier: Classifier, facts: Facts = CRASH) -> Classified | None:
    return classifier.classified(facts, POLICY)


def test_a_sure_guess_names_the_policys_concept(trained: Save, classifier: Classifier) -> None:
    version = trained(issues(30, HERE))
    taken = asked(classifier)
    assert taken is not None
    assert (taken.concept, taken.trained) == ("type.bug", version)
    assert taken.confidence > 0.9


def test_a_file_may_hold_the_labels_own_names(trained: Save, classifier: Classifier) -> None:
    names = {"bug": "bug", "feature": "UDVIKLINGSØNSKER", "question": "Noget andet"}
    trained([LabelledIssue(HERE, names[i.label], i.title, i.body) for i in issues(30, HERE)])
    wish, other = issue("Ønske om kalender"), issue("Hvor finder man kalender?")
    assert [getattr(asked(classifier, one), "concept", None) for one in (wish, other)] == [
        "type.feature",
        "",
    ]


def test_a_repository_it_did_not_learn_from_gets_nothing(
    trained: Save, classifier: Classifier
) -> None:
    trained(issues(30, "os2display/api"))
    taken = asked(classifier)
    assert taken is not None
    assert taken.concept == ""


def test_a_new_version_takes_over(trained: Save, classifier: Classifier) -> None:
    assert asked(classifier) is None  # nobody trained one
    first, second = (trained(issues(30, HERE, seed)) for seed in (1, 2))
    assert first != second
    taken = asked(classifier)
    assert taken is not None
    assert taken.trained == second


def test_one_that_cannot_be_read_is_none_at_all(
    trained: Save, classifier: Classifier, tmp_path: Path
) -> None:
    version = trained(issues(30, HERE))
    (tmp_path / "versions" / version / "model.json").write_text("{}")
    assert asked(classifier) is None
