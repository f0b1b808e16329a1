"""What the pages call what happened, by GitHub's own names for it."""

EVENTS = {
    "labeled": "satte etiketten",
    "unlabeled": "fjernede etiketten",
    "renamed": "ændrede titlen fra",
    "closed": "lukkede",
    "reopened": "genåbnede",
    "locked": "låste samtalen",
    "unlocked": "låste samtalen op",
    "merged": "flettede med commit",
    "ready_for_review": "gjorde den klar til gennemsyn",
    "convert_to_draft": "gjorde den til en kladde",
}
VERDICTS = {
    "APPROVED": "godkendte",
    "CHANGES_REQUESTED": "bad om ændringer",
    "COMMENTED": "kommenterede ændringerne",
}
CONCLUSIONS = {
    "success": ("✓", "i orden"),
    "neutral": ("–", "uden dom"),
    "failure": ("✗", "fejlet"),
    "action_required": ("!", "kræver handling"),
    "cancelled": ("–", "afbrudt"),
    "skipped": ("–", "sprunget over"),
    "timed_out": ("✗", "gik i stå"),
}
REACTIONS = {"+1": "👍", "-1": "👎", "heart": "❤️", "hooray": "🎉", "rocket": "🚀", "eyes": "👀"}
