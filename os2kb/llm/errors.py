"""What goes wrong with a language model, each with the variable to check."""


class LlmError(Exception):
    """The model gave nothing that can be used. The message names the variable to check."""


class LlmRefused(LlmError):
    """The endpoint understood and refused (4xx): the settings are wrong, not the moment."""


class LlmUnavailable(LlmError):
    """No reply in time, or 429 or 5xx after every attempt: asking again later may help."""


class LlmBadReply(LlmError):
    """A reply came that is not what the API describes, is empty, or is far too long."""


def refusal(status: int) -> str:
    """What to check after a status that asking again does not help."""
    cures = {
        400: "check that OS2KB_LLM_MODEL takes JSON mode and this many tokens",
        401: "check OS2KB_LLM_API_KEY",
        403: "check that OS2KB_LLM_API_KEY may use OS2KB_LLM_MODEL",
        404: "check OS2KB_LLM_BASE_URL (ends in /v1) and OS2KB_LLM_MODEL",
        413: "the prompt is larger than the server takes; choose another OS2KB_LLM_MODEL",
    }
    cure = cures.get(status, "check OS2KB_LLM_BASE_URL and OS2KB_LLM_MODEL")
    return f"The language model's server refused ({status}); {cure}"
