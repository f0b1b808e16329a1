"""The reply that shows a reporter the private channel. It quotes nothing."""

from os2kb.governance.actions import PutComment
from os2kb.governance.comments.render import comment
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, code_span, neutralise, safe_address
from os2kb.governance.harmless.withheld import withhold
from os2kb.governance.ledger.labels import existing
from os2kb.governance.ledger.marks import own_comment, settled
from os2kb.governance.wording.worded import worded
from os2kb.phrases import Phrase
from os2kb.policy.escalation.private import private_mailboxes
from os2kb.policy.policy import Policy

MARKER = "security"
_TAKE_OFF = Phrase(
    "Er det ikke en sårbarhed, kan en vedligeholder tage etiketten {} af, så behandler jeg teksten "
    "som alle andre.",
    "If it is no vulnerability, a maintainer can take the label {} off, and the text is treated as "
    "any other.",
)
_SORRY = Phrase(
    "Er det ikke en sårbarhed, så beklager jeg ulejligheden; en vedligeholder tager den herfra.",
    "If it is no vulnerability, sorry for the trouble; a maintainer will take it from here.",
)
_PRIVATELY = Phrase("privat", "privately")
_OR = Phrase(" eller til ", " or to ")


def security_reply(facts: Facts, policy: Policy) -> tuple[PutComment, ...]:
    """The reply, unless it was given once."""
    given = own_comment(facts, MARKER) is not None
    if given or settled(facts.receipts, f"comment:{MARKER}"):
        return ()
    values = {"channel": _channel(facts, policy), "mistaken": _mistaken(facts, policy)}
    body = worded(MARKER, facts.language, facts.wordings, values)
    return (PutComment(MARKER, comment(MARKER, lambda _: body), because="security-report"),)


def _mistaken(facts: Facts, policy: Policy) -> Markdown:
    """What to do if it is no vulnerability."""
    label = existing(facts, policy.labels.security)
    if label is None:
        return Markdown(_SORRY.in_language(facts.language))
    return Markdown(_TAKE_OFF.in_language(facts.language).format(code_span(label)))


def _channel(facts: Facts, policy: Policy) -> Markdown:
    """A link to the product's own channel, else to GitHub's private reporting and its mailboxes.

    https://docs.github.com/en/code-security/security-advisories/guidance-on-reporting-and-writing-information-about-vulnerabilities/privately-reporting-a-security-vulnerability
    """
    chosen = policy.guidelines.rules.security_report.report_to
    if chosen is not None and withhold(chosen) != chosen:
        chosen = None
    if chosen is not None and chosen.startswith("mailto:"):
        return Markdown(f"[{neutralise(chosen.removeprefix('mailto:'))}]({chosen})")
    address = safe_address(chosen or f"{facts.repository.url.rstrip('/')}/security/advisories/new")
    said = _PRIVATELY.in_language(facts.language)
    ways = [f"[{said}]({address})" if address else said]
    ways += [
        f"[{neutralise(mailbox)}](mailto:{mailbox})"
        for mailbox in private_mailboxes(policy.escalation)
        if withhold(mailbox) == mailbox
    ]
    return Markdown(_OR.in_language(facts.language).join(ways))
