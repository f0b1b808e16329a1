"""What no text of ours repeats: CPR numbers, and secrets such as keys and passwords."""

import re

from index.masking import mask

PLACEHOLDER = "[…]"

# Forms that their issuers document, and the commonest ways to write a password beside its name.
# A form may follow an underscore, as in a branch's name, so it begins where no letter or digit is.
SECRET = re.compile(
    r"""
      (?<![A-Za-z0-9])(?:
        gh[pousr]_[A-Za-z0-9]{20,255}\b | github_pat_\w{20,255}\b      # GitHub
      | glpat-[\w-]{20,64}\b                                           # GitLab
      | ATATT3[\w=-]{20,300}                                           # Atlassian
      | AKIA[0-9A-Z]{16}\b                                             # AWS
      | xox[abeprs]-[\w-]{10,255}                                      # Slack
      | sk-[\w-]{20,255}\b                                             # language model providers
      | eyJ[\w-]{8,400}\.eyJ[\w-]{8,4000}\.[\w-]{8,4000}               # JSON Web Token
      )
    | -----BEGIN[ ][A-Z ]{0,30}PRIVATE[ ]KEY-----(?:\s*[A-Za-z0-9+/=]{20,}){0,200}
    | (?<=://)[^\s/:@]{1,100}:[^\s/@]{1,200}(?=@)                      # user:password@host
    | \b(?:adgangskode|kodeord|password|passwd|api[-_ ]?key|token|secret)
      (?:e?n|et)?[ ]?(?:[:=]|er:?[ ]|is:?[ ])[ ]?["'`]?(?=\S{0,80}\d)[^\s"'`]{8,200}
    """,
    re.VERBOSE | re.IGNORECASE,
)


def withhold(text: str) -> str:
    """The text with a mark in the place of each CPR number and each secret."""
    return SECRET.sub(PLACEHOLDER, mask(text))
