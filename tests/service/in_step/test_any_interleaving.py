"""Whatever happens in whatever order, both sides end alike, or a person is asked.

People edit an issue and its ticket, and choose; deliveries are lost, doubled, late and out of
order; both servers refuse, cut off and ask to wait, before and after they did what they were asked;
the bot is killed at any write and at any commit, and runs are taken back. An onlooker who sees both
sides at every moment knows what must come of it. For hours of it, by hand:

    pytest --hypothesis-profile long --hypothesis-seed 1 -k any_interleaving tests/service
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.service.in_step.interleaving import Interleaving
from tests.service.in_step.office import office
from tests.service.in_step.scene import TWO

LONG = settings.get_current_profile_name() == "long"
SIZE: dict[str, Any] = {"max_examples": 8, "stateful_step_count": 6, "derandomize": True}


@pytest.mark.slow
def test_any_interleaving_comes_to_rest_with_both_sides_alike(tmp_path: Path):
    with ExitStack() as stack:
        cloud = stack.enter_context(office(tmp_path / "cloud", TWO))
        server = stack.enter_context(office(tmp_path / "server", TWO.in_data_center))

        class Here(Interleaving):
            offices = (cloud, server)

        run_state_machine_as_test(
            Here,
            settings=settings(
                **({} if LONG else SIZE),
                deadline=None,
                database=None,
                # What fails is told at once: to make it smaller takes minutes.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
