"""What a year holds, drawn from its seed: posts and when they are due, faults, accidents, and what else happens."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from tests import world

FIRST = date(2026, 1, 1)
HOURS = ("08:30", "10:00", "15:00", "17:00", "20:00")
CATEGORIES = ("工作动态", "通知公告", "政策解读", "应急管理", "就业招聘", "民生服务", "重大建设项目", "环境保护")
DEPARTMENTS = ("党政办公室", "财政金融局", "经济发展局", "规划建设局", "应急管理局", "生态环境局", "社会事务局")
TITLES = (
    "园区简报", "关于安全生产检查的通知", "园区召开项目推进会", "致企业的一封信", "本周招聘信息", "道路施工期间绕行提示",
    "惠企政策问答", "园区开展消防演练", "高温天气作业提醒", "工伤保险办理指南",
)  # fmt: skip
JOBS = ("高压电工", "焊工", "食堂厨师", "仓库管理员", "数控车工", "文员", "保安", "质检员")
PAPERS = (
    "部门预算公开",
    "政府采购结果公示",
    "幼儿园招生报名办法",
    "危险化学品安全生产检查通知",
    "人才落户办法",
    "厂房租赁补贴办法",
)
QUESTIONS = ("电工", "幼儿园招生", "部门预算", "政府采购结果", "焊工 东湖", "安全生产检查", "厂房出租", "落户怎么办")

CALM, GUSTY, STORM = 0.02, 0.10, 0.30  # how often a call goes wrong
CUT = 0.2  # seconds of silence before the line is cut; READ_TIMEOUT below is the real thing
ACTING = ("/cgi-bin/material/add_material", "/cgi-bin/media/uploadimg", "/cgi-bin/draft/add",
          "/cgi-bin/freepublish/submit", "/cgi-bin/message/mass/sendall", "/cgi-bin/draft/delete")  # fmt: skip
LOOKING = ("/cgi-bin/freepublish/get", "/cgi-bin/freepublish/batchget", "/cgi-bin/message/mass/get",
           "/cgi-bin/draft/get", "/cgi-bin/draft/batchget", "/datacube/getarticletotaldetail",
           "/cgi-bin/stable_token")  # fmt: skip
CODES = {
    "/cgi-bin/draft/add": (-1, 40001, 40007, 45009, 45011),
    "/cgi-bin/freepublish/submit": (-1, 40001, 45009, 45011, 53501),
    "/cgi-bin/message/mass/sendall": (-1, 40001, 45009, 45011),
    "/cgi-bin/stable_token": (-1, 45011),
}
EVENTS = ("event:PUBLISHJOBFINISH", "event:MASSSENDJOBFINISH")
READ_TIMEOUT = 16.0  # longer than the product listens
KILLED = ("clock", "clock-2", "web", "web-2", "emulator", "redis", "keeper")
DEADLINESS = (8, 8, 5, 5, 5, 4, 3)  # of every 38 kills


@dataclass(frozen=True)
class Planned:
    """A post that will be queued and passed ahead of its day; without `at` a reserve."""

    key: str
    title: str
    text: str
    delivery: str
    category: str
    department: str
    at: datetime | None = None
    own_cover: bool = False
    picture: bool = False


@dataclass(frozen=True)
class Accident:
    """Something that befalls a process at a stop of a day: `stop` is a fraction of the day's stops, `after` real seconds."""

    target: str
    stop: float
    after: float
    rest: int  # stops until it is started again


@dataclass
class Day:
    """One day of the plan."""

    on: date
    posts: list[Planned] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    switches: dict[str, Any] = field(default_factory=dict)  # of the platform, for this day only
    accidents: list[Accident] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    tokens_die: bool = False
    disclosures: list[dict[str, str]] = field(default_factory=list)  # rows to import in the morning
    postings: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Plan:
    """The days in order, and the reserve."""

    days: list[Day]
    reserves: list[Planned]

    @property
    def posts(self) -> int:
        """How many posts have a day."""
        return sum(len(day.posts) for day in self.days)


def draw(seed: int, *, days: int, articles: int, kills: int) -> Plan:
    """The plan of a seed. `days` − 2 ≤ `articles`."""
    dice = random.Random(f"year {seed}")
    year = [Day(FIRST + timedelta(days=number)) for number in range(days)]
    bare = set(dice.sample(range(2, days - 1), max(1, days // 120)))  # nothing is planned: the reserve steps in
    _posts(dice, [day for number, day in enumerate(year) if number not in bare], articles)
    for day in year[::10]:
        _notices(dice, day)
    for number, day in enumerate(year[:-1]):  # the last day is calm
        day.questions = dice.choices(QUESTIONS, k=dice.randint(0, 4))
        day.faults = _weather(dice, number)
    _switches(dice, [day for number, day in enumerate(year[:-3]) if number and number not in bare])
    _accidents(dice, year[:-1], kills)
    reserves = [_post(dice, f"r{number}", "publish", None) for number in range(2 * len(bare))]
    return Plan(year, reserves)


def instant(on: date, hour: str) -> datetime:
    """A time of the office's day."""
    return datetime.combine(on, time.fromisoformat(hour), world.ZONE)


def _posts(dice: random.Random, days: list[Day], articles: int) -> None:
    counts = [articles // len(days)] * len(days)
    for number in dice.sample(range(len(days)), articles % len(days)):
        counts[number] += 1
    for _ in range(len(days)):  # some days are busier than others
        one, other = dice.sample(range(len(days)), 2)
        if counts[one] > 2:
            counts[one], counts[other] = counts[one] - 1, counts[other] + 1
    for day, count in zip(days, counts, strict=True):
        pushed = min(dice.randint(1, 4), count - 1) if dice.random() < 0.6 else 0
        kinds = ["publish"] + ["mass"] * pushed
        kinds += dice.choices(("publish", "draft"), (4, 1), k=count - len(kinds))
        for number, kind in enumerate(kinds):
            hour = dice.choice(HOURS)
            day.posts.append(_post(dice, f"{day.on}-{number}", kind, instant(day.on, hour)))


def _post(dice: random.Random, key: str, delivery: str, at: datetime | None) -> Planned:
    title = dice.choice(TITLES)  # titles repeat, as they do
    text = (
        f"{title}（{key}）。\n\n- 责任单位：{dice.choice(DEPARTMENTS)}\n- 联系电话 **8000{dice.randint(1000, 9999)}**\n"
    )
    return Planned(key, title, text, delivery, dice.choice(CATEGORIES), dice.choice(DEPARTMENTS), at,
                   own_cover=dice.random() < 0.08, picture=dice.random() < 0.05)  # fmt: skip


def _notices(dice: random.Random, day: Day) -> None:
    """What the office discloses, and who is looking for people, this ten days."""
    for number, title in enumerate(dice.sample(PAPERS, 3)):
        day.disclosures.append({"key": f"{day.on}-{number}", "title": f"{day.on:%Y年%m月}{title}", "body": f"{title}的全文。",
                                "department": dice.choice(DEPARTMENTS), "published_on": str(day.on)})  # fmt: skip
    for number, title in enumerate(dice.sample(JOBS, 4)):
        until = day.on + timedelta(days=dice.randint(5, 60))
        day.postings.append({"key": f"{day.on}-{number}", "title": title, "employer": "临江电子有限公司", "area": "东湖片区",
                             "salary": f"{dice.randint(4, 9)}000元", "published_on": str(day.on),
                             "valid_until": str(until)})  # fmt: skip


def _weather(dice: random.Random, number: int) -> list[dict[str, Any]]:
    strength = dice.choices((CALM, GUSTY, STORM), (6, 3, 1))[0]
    rules = []
    for endpoint in (*ACTING, *LOOKING):
        acts = ["refuse", "slow", "drop", "hang"] + ["act_then_drop", "act_then_hang"] * (endpoint in ACTING)
        for act in dice.sample(acts, 2):
            rules.append(_rule(dice, endpoint, act, strength / 2))
    for endpoint in EVENTS:
        rules += [_rule(dice, endpoint, act, strength / 2) for act in ("lost", "doubled", "late")]
    if number % 180 == 30:  # once or twice a year the silence is longer than anybody's patience
        rules.append(
            _rule(dice, dice.choice(ACTING[2:5]), "act_then_hang", 1.0) | {"seconds": READ_TIMEOUT, "times": 1}
        )
    return rules


def _rule(dice: random.Random, endpoint: str, act: str, probability: float) -> dict[str, Any]:
    rule = {"endpoint": endpoint, "act": act, "probability": probability, "seed": dice.randrange(10**9), "seconds": CUT}
    if act == "refuse":
        rule["errcode"] = dice.choice(CODES.get(endpoint, (-1,)))
        if rule["errcode"] == 45009:  # the platform means the whole day: it says so seldom
            rule["probability"] = probability / 5
    return rule


def _switches(dice: random.Random, days: list[Day]) -> None:
    """What the platform is like on a few days of the year: each kind about once in a quarter."""
    kinds: list[dict[str, Any]] = [
        {"rights": {"freepublish": False}},  # 48001: a person presses instead
        {"publish_status": 4},  # the platform's reviewers refuse the first post of the day
        {"mass_status": "err(20013)"},
        {"mass_confirmation": True},  # the administrator is asked
        {"ip_whitelist": ["192.0.2.1"]},  # 40164 until a person has put it right
        {"delayed_days": True},
    ]
    each = max(1, len(days) // 90)
    for kind, day in zip(kinds * each, dice.sample(days, min(len(days), len(kinds) * each)), strict=False):
        day.switches = kind
    for day in dice.sample(days, each * 2):
        day.tokens_die = True


def _accidents(dice: random.Random, days: list[Day], kills: int) -> None:
    share = sum(DEADLINESS)
    targets = [
        target for target, weight in zip(KILLED, DEADLINESS, strict=True) for _ in range(round(kills * weight / share))
    ]
    targets += ["flush", "flush"]
    for target in targets:
        accident = Accident(target, dice.random(), dice.random() * 0.3, dice.choice((0, 0, 1, 3)))
        dice.choice(days).accidents.append(accident)
