"""What a new office has still to do before it can work: told to its administrator until it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from redis.exceptions import RedisError

from config import reference, settings
from config.contact import contact, office_name
from content.rules.errors import GongkaiError
from content.rules.publishing.three_reviews import STEP_WORDS
from content.services.office import Office
from content.services.people import review_staff
from content.store import clock_lead

EXAMPLE = "临江工业园区"  # the name in the replies.toml that comes along
OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "0.0.0.0", "::1"})


@dataclass(frozen=True)
class FirstStep:
    """One thing to do: what, and how."""

    what: str
    how: str


def is_unnamed(office: Office) -> bool:
    """Whether the office still has the name of the example, and nothing of its own says who runs it."""
    return office_name(office.home) == EXAMPLE and not contact(office.home).organiser


def is_for_this_machine(address: str) -> bool:
    """Whether an address leads nowhere from another machine."""
    return urlsplit(address).hostname in OWN_MACHINE


def left(office: Office) -> list[FirstStep]:
    """What is still to do."""
    return [*_written(office), *_settings(office), *_running(office), *_people(office)]


def _written(office: Office) -> Iterator[FirstStep]:
    if is_unnamed(office):
        yield FirstStep("单位名称", f"现在还是例子里的“{EXAMPLE}”，群众也看得到。在“固定答复”的“单位信息”里改成您单位的，马上生效。"
                                f"部门和栏目在 {reference.DATA} 的 departments.toml、categories.toml，请管服务器的同事改，改完重启。")  # fmt: skip
    if not contact(office.home).phone:
        yield FirstStep(
            "电话、地址、办公时间",
            "在“固定答复”的“单位信息”里填，马上生效；群众问地址、电话、办公时间就答得上。",
        )
    if not (office.home / "directory.toml").exists():
        yield FirstStep("部门名录", "在“固定答复”里写上各部门的电话和管的事，群众问“归哪个部门管”就答得上。")


def _settings(office: Office) -> Iterator[FirstStep]:
    known = office.settings
    missing = [settings.variable(name) for name in settings.WECHAT_CREDENTIALS if not getattr(known, name)]
    if missing:
        yield FirstStep("公众号的设置", f"在启动命令的目录里的 .env 写上 {'、'.join(missing)}，再重启。")
    is_real = known.wechat_api_url == settings.Settings.model_fields["wechat_api_url"].default
    if is_real and is_for_this_machine(office.base_url):
        yield FirstStep(
            "群众和同事打开的网址",
            f"现在是 {office.base_url}，别的电脑打不开。在 .env 里写 GONGKAI_PUBLIC_URL=您的网址，再重启。",
        )


def _running(office: Office) -> Iterator[FirstStep]:
    try:
        beats = clock_lead.beat(office.redis.client)
    except (RedisError, GongkaiError):
        return
    if beats is None:
        yield FirstStep(
            "定时发布", "时钟没有在运行，审好的稿件到时间也发不出去。在服务器上执行 gongkai clock，让它一直开着。"
        )


def _people(office: Office) -> Iterator[FirstStep]:
    with office.store.read() as session:
        staff = review_staff.on(office, session, office.clock.today())
    if lacking := staff.lacking(authors=(), passed=()):
        words = "、".join(STEP_WORDS[step] for step in lacking)
        yield FirstStep(
            "三审的人",
            f"还没有人能做{words}。在“人员”里请同事加入：写稿的人不能审自己的稿，三审要三个不同的人，一共至少四位。",
        )
