import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.retrieval.best import best

# Few different scores, so that many are equal; lengths around and far above the groups of a count.
SCORES = arrays.arrays(
    np.float32, st.integers(0, 400), elements=st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0])
)


@given(SCORES, st.integers(0, 12))
def test_the_best_are_those_a_full_sort_would_put_first_with_ties_in_order(
    scores: np.ndarray, count: int
) -> None:
    sorted_out = sorted(range(len(scores)), key=lambda at: -scores[at])
    assert best(scores, count).tolist() == [at for at in sorted_out if scores[at] > 0][:count]
