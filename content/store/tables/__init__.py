"""All tables, and nothing else. Instants are UTC, days are the office's; nothing is deleted, only withdrawn."""

from content.store.tables.alarms import Alarm, Difference
from content.store.tables.annual_report import ReportEntry, ReportExplanation, ReportReview, ReportSignature
from content.store.tables.applications import Application, ApplicationFile, ApplicationStep, DisclosureCase
from content.store.tables.articles import Article, Attachment, File, PlatformFile, Remark, Review, Revision
from content.store.tables.base import Base
from content.store.tables.catalogue import CatalogueDuty, CatalogueItem
from content.store.tables.citizens import (
    Letter,
    LetterMessage,
    NewsDelivery,
    NoticeRight,
    Subscription,
    Synonym,
    TaughtAnswer,
)
from content.store.tables.ledger import CountedItem, LedgerEntry
from content.store.tables.notices import Disclosure, ImportReceipt, NoticeVersion, PortalItem, Posting
from content.store.tables.people import (
    Absence,
    Category,
    Department,
    Person,
    PersonRole,
    RecoveryCode,
    StaffPhone,
    TwoStepLogin,
)
from content.store.tables.publications import Attempt, PlatformEvent, Publication, PublicationArticle
from content.store.tables.questions import Question
from content.store.tables.runs import JobRun, Leader

__all__ = [
    "Absence",
    "Alarm",
    "Application",
    "ApplicationFile",
    "ApplicationStep",
    "Article",
    "Attachment",
    "Attempt",
    "Base",
    "CatalogueDuty",
    "CatalogueItem",
    "Category",
    "CountedItem",
    "Department",
    "Difference",
    "Disclosure",
    "DisclosureCase",
    "File",
    "ImportReceipt",
    "JobRun",
    "Leader",
    "LedgerEntry",
    "Letter",
    "LetterMessage",
    "NewsDelivery",
    "NoticeRight",
    "NoticeVersion",
    "Person",
    "PersonRole",
    "PlatformEvent",
    "PlatformFile",
    "PortalItem",
    "Posting",
    "Publication",
    "PublicationArticle",
    "Question",
    "RecoveryCode",
    "Remark",
    "ReportEntry",
    "ReportExplanation",
    "ReportReview",
    "ReportSignature",
    "Review",
    "Revision",
    "StaffPhone",
    "Subscription",
    "Synonym",
    "TaughtAnswer",
    "TwoStepLogin",
]
