"""What embedders give."""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # a row a text, each of length one
