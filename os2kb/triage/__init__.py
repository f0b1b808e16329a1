"""Which type of issue a text is, learned from what people labelled before."""
