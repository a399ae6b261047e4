"""The office as the services see it: its settings, its clock, its store, its Redis, its files, its index."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from config import reference
from config.categories import categories_file
from config.clock import Clock
from config.contact import Contact, contact_file
from config.directory import Directory, directory_file
from config.edited import EditedFile
from config.guides import GuideFile, guides_file
from config.post_templates import PostTemplate, Theme, templates_file, themes_file
from config.reference import Coded
from config.settings import Settings
from config.triage import TriageFile, triage_file
from config.wrong_words import WrongWord, wrong_words_file
from content.search.index import Index
from content.store.citizens.conversation_cache import ConversationCache
from content.store.disk.files import Files
from content.store.notices.current_postings import CurrentPostings
from content.store.redis import Redis
from content.store.session import Store

ACCOUNT = "main"  # rows carry the account; settings know one


class Office:
    """Opened once by each process, closed at its end. Redis and the index open at their first use."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Clock(settings.zone, settings.test_clock)
        self.store = Store(settings.sql_url, self.home / "keys")

    @cached_property
    def redis(self) -> Redis:
        """The Redis of this office; a server of its own is started if none is set."""
        return Redis.open(self.settings)

    @cached_property
    def index(self) -> Index:
        """The search index; follows what other processes build."""
        return Index(self.home / "index")

    @cached_property
    def article_index(self) -> Index:
        """The index of the published articles, apart from that of the notices, which mends questions for both."""
        return Index(self.home / "article-index", mends=False)

    @cached_property
    def board(self) -> ConversationCache:
        """What staff taught, and who waits for news; follows what other processes write."""
        return ConversationCache(self.store, self.home / "board")

    @cached_property
    def post_templates(self) -> EditedFile[tuple[PostTemplate, ...]]:
        """What a post may begin with."""
        return templates_file(self.home)

    @cached_property
    def themes(self) -> EditedFile[tuple[Theme, ...]]:
        """Looks for plain text."""
        return themes_file(self.home)

    @cached_property
    def details(self) -> EditedFile[Contact]:
        """What it is called and how it is reached; follows the file that its people edit."""
        return contact_file(self.home)

    @property
    def name(self) -> str:
        """What it is called; a neutral word until its people have written its name."""
        return self.details.read().name or reference.phrase("office")

    @property
    def guides(self) -> EditedFile[GuideFile]:
        """The standing answers of this office; follows the file that its operator edits, and its name."""
        return guides_file(self.home, self.name)

    @cached_property
    def directory(self) -> EditedFile[Directory]:
        """Its departments and leaders; follows the file that its operator edits."""
        return directory_file(self.home)

    @cached_property
    def categories(self) -> EditedFile[tuple[Coded, ...]]:
        """The categories of its posts and disclosures; follows the file that its people edit."""
        return categories_file(self.home)

    @cached_property
    def triage(self) -> TriageFile:
        """What kinds of messages there are; follows the file that its operator edits."""
        return triage_file(self.home)

    @cached_property
    def wrong_words(self) -> EditedFile[tuple[WrongWord, ...]]:
        """Words that are easily written wrong; follows the file that its operator edits."""
        return wrong_words_file(self.home)

    @cached_property
    def postings(self) -> CurrentPostings:
        """The postings in memory; follows what other processes import."""
        return CurrentPostings(self.store, self.settings.posting_days, self.index.stamp)

    @cached_property
    def files(self) -> Files:
        """The files by their SHA-256."""
        return Files(self.home / "files")

    @cached_property
    def base_url(self) -> str:
        """The address that citizens' links begin with."""
        return self.settings.base_url

    @property
    def home(self) -> Path:
        """Where everything is written."""
        return self.settings.home.absolute()

    def article_url(self, article_id: int) -> str:
        """The address of an article's own page."""
        return f"{self.base_url}/a/{article_id}"

    def close(self) -> None:
        """Lets go of everything that was opened."""
        if "index" in self.__dict__:
            self.index.close()
        if "article_index" in self.__dict__:
            self.article_index.close()
        if "redis" in self.__dict__:
            self.redis.close()
        self.store.close()
