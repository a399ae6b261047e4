"""What a new office has still to do before it can work: told to its administrator until it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from redis.exceptions import RedisError

from config import settings
from config.contact import UNNAMED, contact
from content.rules.errors import GongkaiError
from content.rules.passwords import ROBOT
from content.rules.publishing.three_reviews import STEP_WORDS
from content.services.office import Office
from content.services.people import review_staff
from content.store import clock_lead, people

OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "0.0.0.0", "::1"})


@dataclass(frozen=True)
class FirstStep:
    """One thing to do: what, and how; `place`: the office's file, or `staff`, where it is done at the console."""

    what: str
    how: str
    place: str = ""


def is_unnamed(office: Office) -> bool:
    """Whether nothing of the office's own says what it is called, or who runs it."""
    return office.name == UNNAMED and not contact(office.home).organiser


def is_for_this_machine(address: str) -> bool:
    """Whether an address leads nowhere from another machine."""
    return urlsplit(address).hostname in OWN_MACHINE


def left(office: Office) -> list[FirstStep]:
    """What is still to do."""
    return [*_written(office), *_settings(office), *_running(office), *_people(office)]


def _written(office: Office) -> Iterator[FirstStep]:
    if is_unnamed(office):
        yield FirstStep(
            "单位名称", f"还没有写，群众看到的是“{UNNAMED}”。在“固定答复”的“单位信息”里填，马上生效。", "office"
        )
    if not contact(office.home).phone:
        yield FirstStep(
            "电话、地址、办公时间",
            "在“固定答复”的“单位信息”里填，马上生效；群众问地址、电话、办公时间就答得上。",
            "office",
        )
    if not office.directory.read().departments:
        yield FirstStep("部门和栏目", "在“固定答复”的“部门名录”里写上各部门、管的事和电话：写稿时选的部门、群众问的“归哪个部门管”都用它，"
                        "写好以前网页上没有部门。“栏目”里是常用的一套，不合用的改掉。", "directory")  # fmt: skip


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
        everyone = people.everyone(session)
    if lacking := staff.lacking(authors=(), passed=()):
        words = "、".join(STEP_WORDS[step] for step in lacking)
        yield FirstStep(
            "三审的人",
            f"还没有人能做{words}。在“人员”里请同事加入：写稿的人不能审自己的稿，三审要三个不同的人，一共至少四位。",
            "staff",
        )
    if waited := [
        each.name for each in everyone if each.username != ROBOT and not each.disabled_at and not each.password_hash
    ]:
        yield FirstStep("等同事加入", f"{'、'.join(waited)}还没有打开条子设密码，设好才能登录、审核。", "staff")
