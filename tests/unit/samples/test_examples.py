"""The example files that an installation and a product start from are accepted as they stand."""

from pathlib import Path

import yaml

from os2kb.policy.load import load_policy
from os2kb.policy.policy import Policy
from os2kb.policy.rules import Rules
from os2kb.products.products import load_products

SAMPLES = Path(__file__).parents[3] / "samples"


def test_the_products_file_names_the_demo_repositories_and_the_handbook() -> None:
    products = load_products(SAMPLES / "products.yml")
    (source,) = products.sources

    assert products.product_of("os2demo/os2demo") == "os2demo"
    assert products.product_of("os2demo/os2demo-observer") == "os2demo"
    assert products.product_of("os2demo/noget-andet") is None
    assert Path(source.location) == SAMPLES / "handbook"
    assert source.visibility == "public"


def test_the_complete_policy_example_is_accepted_and_only_observes() -> None:
    policy = load_policy((SAMPLES / "os2kb.yml").read_text("utf-8"), "os2kb.yml")

    assert policy.mode == "observe"
    assert policy.escalation is not None
    assert policy.escalation.status == "forslag"


def test_the_complete_policy_example_shows_every_section_and_every_rule() -> None:
    shown = yaml.safe_load((SAMPLES / "os2kb.yml").read_text("utf-8"))

    assert set(Policy.model_fields) - set(shown) <= {"preset"}
    rules = {field.alias or name for name, field in Rules.model_fields.items()}
    assert set(shown["guidelines"]["rules"]) == rules
