"""Reading decision logs on a forge, and what we keep of them."""
