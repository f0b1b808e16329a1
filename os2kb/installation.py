"""An installation: the parts of the bot, put together as the settings say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine as Database

from index.versions import Versions
from os2kb.answers.answer import Answers
from os2kb.answers.ask import Answerer
from os2kb.answers.choose import composer_for, method_of, model
from os2kb.answers.composers.llm import TokenBudget
from os2kb.answers.journal.cache import CachedAnswers
from os2kb.answers.journal.journal import Journal
from os2kb.answers.journal.key import key_of_answers
from os2kb.answers.journal.logged import LoggedAnswers
from os2kb.apply import Applier
from os2kb.chats.chats import chats
from os2kb.chats.port import Chat
from os2kb.decision_log.follow import Follower
from os2kb.decision_log.kept import Keeper
from os2kb.decision_log.overviews import Overviews
from os2kb.decision_log.see import EntryShelf, LogReader
from os2kb.escalation.digest.work import Digester
from os2kb.knowledge.embedders.choose import local_embedder, versions_for
from os2kb.knowledge.refresh.work import Refresher
from os2kb.observe.counterparts import Counterparts
from os2kb.observe.in_force import policy_of_scene
from os2kb.observe.near import NearIssues
from os2kb.observe.observe import Observer
from os2kb.observe.same_people import SamePeople
from os2kb.observe.shelf import Shelf
from os2kb.preview.budget import MOST_AN_HOUR, ReadBudget
from os2kb.preview.work import Previewer
from os2kb.reconcile import Reconciler
from os2kb.settings import Settings
from os2kb.store.database import open_database, upgrade
from os2kb.sweep.look import Looker
from os2kb.sweep.nightly import Sweeper
from os2kb.trackers.jira import Jira
from os2kb.trackers.jira import connect as tracker_of
from os2kb.trackers.tickets import Tickets
from os2kb.trackers.workflows import Workflows
from os2kb.triage.llm_guess import LlmGuesser
from os2kb.triage.serving import Classifier, Triage

if TYPE_CHECKING:
    from os2kb.forges.github import GitHub


@dataclass(frozen=True, slots=True)
class Installation:
    """The parts, and the settings they were made from.

    Attributes:
        forge: None without credentials for GitHub; then so are `reconciler`, `previewer`,
            `digester`, `follower` and `sweeper`.
        tracker: None where no Jira is set up; then so is `sweeper`.
    """

    settings: Settings
    database: Database
    versions: Versions
    answers: Answers
    journal: Journal
    forge: "GitHub | None"
    reconciler: Reconciler | None
    previewer: Previewer | None
    digester: Digester | None
    follower: Follower | None
    sweeper: Sweeper | None
    refresher: Refresher
    tracker: Jira | None
    now: Callable[[], datetime]


def install(settings: Settings, now: Callable[[], datetime]) -> Installation:
    """Open the store, bring it up to date, and put the parts together.

    Raises:
        BadSettings: the products file is missing or wrong.
        StoreUnavailable: the store cannot be opened or upgraded.
    """
    database = open_database(settings.store_url)
    upgrade(database)
    versions = versions_for(settings)
    journal = Journal(database, settings.answer_log_days, now)
    composer = composer_for(settings, now)
    answers = CachedAnswers(
        Answerer(versions, composer, settings.contact, key_of_answers(database)),
        versions,
        journal,
        method_of(settings, composer),
    )
    asked_in_issues = LoggedAnswers(answers, versions, journal, "issue")
    forge, tracker = _forge(settings, now), tracker_of(settings, now)
    tickets = Tickets(tracker, database, now)
    quotes = Answerer(versions)
    reconciler = (
        _reconciler(settings, database, asked_in_issues, quotes, forge, tickets, now)
        if forge
        else None
    )
    previewer = _previewer(reconciler) if reconciler else None
    digester = _digester(settings, reconciler) if reconciler else None
    follower = _follower(reconciler) if reconciler else None
    sweeper = _sweeper(settings, reconciler) if reconciler and tracker else None
    refresher = Refresher(settings, database, now)
    return Installation(
        settings,
        database,
        versions,
        answers,
        journal,
        forge,
        reconciler,
        previewer,
        digester,
        follower,
        sweeper,
        refresher,
        tracker,
        now,
    )


def _reconciler(
    settings: Settings,
    database: Database,
    answers: Answers,
    quotes: Answers,
    forge: "GitHub",
    tickets: Tickets,
    now: Callable[[], datetime],
) -> Reconciler:
    classifier = Classifier(settings.triage_dir, lambda: local_embedder(settings))
    triage = Triage(classifier, guesser_for(settings, now), now)
    return Reconciler(
        observer=Observer(
            forge,
            database,
            answers,
            quotes,
            settings.grants(),
            now,
            triage.classified,
            NearIssues(forge, database, settings.grants(), now),
            Shelf(now),
            tickets,
            _counterparts(database, forge, tickets, now),
            LogReader(forge.logs, database, now, EntryShelf()),
        ),
        applier=Applier(forge, database, now, _chat_of(settings, now), tickets),
        database=database,
        mode=settings.mode,
        retry_seconds=settings.retry_seconds,
        now=now,
    )


def _counterparts(
    database: Database, forge: "GitHub", tickets: Tickets, now: Callable[[], datetime]
) -> Counterparts:
    tracker = tickets.tracker
    workflows = Workflows(tracker, database, now) if tracker else None
    return Counterparts(SamePeople(forge, tracker, now), workflows, now)


def _chat_of(settings: Settings, now: Callable[[], datetime]) -> Callable[[str], Chat]:
    """What the product of a repository, by name, may tell somebody through."""
    products, ways = settings.grants(), chats(settings, now)
    return lambda name: ways.of(products.grant(products.product_of(name) or name))


def guesser_for(settings: Settings, now: Callable[[], datetime]) -> LlmGuesser | None:
    """The language model that tells types, where one is configured."""
    chat = model(settings)
    if chat is None:
        return None
    kept = settings.triage_dir / "said.jsonl"
    return LlmGuesser(chat, settings.llm_model, kept, TokenBudget(settings.llm_tokens_per_day, now))


def _previewer(beside: Reconciler) -> Previewer:
    budget = ReadBudget(MOST_AN_HOUR, beside.now)
    return Previewer(
        beside.observer, beside.applier, beside.database, beside.mode, beside.now, budget
    )


def _digester(settings: Settings, beside: Reconciler) -> Digester:
    observer = beside.observer
    told = chats(settings, beside.now)
    return Digester(
        observer.forge, told, beside.database, observer.products, beside.mode, beside.now
    )


def _sweeper(settings: Settings, beside: Reconciler) -> Sweeper:
    looker = Looker(beside.observer, beside.database, beside.mode)
    return Sweeper(looker, beside.database, beside.now, settings.jira_sweep_hour)


def _follower(beside: Reconciler) -> Follower:
    observer, seen = beside.observer, beside.observer.logs
    database, products = beside.database, observer.products
    keeper = Keeper(observer.forge, policy_of_scene, database, products, seen.shelf)
    overviews = Overviews(observer.forge, database, beside.now, beside.mode)
    return Follower(keeper, overviews, seen.logs, database, beside.now, seen.shelf)


def _forge(settings: Settings, now: Callable[[], datetime]) -> "GitHub | None":
    if not (settings.github_token or (settings.github_app_id and settings.github_private_key)):
        return None
    from os2kb.forges.github import connect  # late: PyGithub costs .2 s

    return connect(settings, now)
