"""What no text of ours repeats: CPR numbers, and secrets such as keys and passwords."""

from index.masking import SECRET, mask_cpr

PLACEHOLDER = "[…]"


def withhold(text: str) -> str:
    """The text with a mark in the place of each CPR number and each secret."""
    return SECRET.sub(PLACEHOLDER, mask_cpr(text))
