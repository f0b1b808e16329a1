"""What looks like somebody's CPR number, private e-mail address or telephone number."""
