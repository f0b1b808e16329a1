"""What can be expected to go wrong on the command line; each message names its cure."""


def expected_errors() -> tuple[type[Exception], ...]:
    """The errors that end in one sentence. Imported late: `os2kb --help` needs none of them."""
    from index.embedders import EmbedderUnavailable
    from index.versions import BuildRefused
    from os2kb.answers.ask import NotIndexed
    from os2kb.chats.port import ChatError
    from os2kb.decision_log.numbers import NumberTaken
    from os2kb.demo.stage import DemoFailed
    from os2kb.engine.slots import SlotTaken
    from os2kb.escalation.kept import BadPast
    from os2kb.forges.port import ForgeError
    from os2kb.observe.observe import NotOurs
    from os2kb.settings import BadSettings
    from os2kb.store.database import StoreUnavailable
    from os2kb.store.locks import KeyBusy
    from os2kb.subjects import BadSubject
    from os2kb.trackers.port import TrackerError
    from os2kb.triage.issues import BadIssues
    from os2kb.triage.store import BadModel

    return (
        BadIssues,
        BadModel,
        BadPast,
        BadSettings,
        BadSubject,
        BuildRefused,
        ChatError,
        DemoFailed,
        EmbedderUnavailable,
        ForgeError,
        KeyBusy,
        NotIndexed,
        NotOurs,
        NumberTaken,
        SlotTaken,
        StoreUnavailable,
        TrackerError,
    )
