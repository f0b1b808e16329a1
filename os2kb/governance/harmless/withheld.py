"""What no text of ours repeats: CPR numbers, and secrets such as keys and passwords."""

from index.masking import SECRET, mask_cpr, may_hold_secret

PLACEHOLDER = "[…]"


def withhold(text: str) -> str:
    """The text with a mark in the place of each CPR number and each secret."""
    text = mask_cpr(text)
    return SECRET.sub(PLACEHOLDER, text) if may_hold_secret(text) else text
