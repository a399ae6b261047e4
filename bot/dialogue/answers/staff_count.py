"""年度统计: the office's count, told to a phone that staff have bound; from any other phone it is a question like any other."""

from __future__ import annotations

import re
from datetime import date, timedelta

from redis.exceptions import RedisError

from bot.dialogue.reply_text import lines, link, plain, say
from bot.dialogue.turn import Scene, Turn
from bot.wechat.messages import Text
from content.rules.errors import GongkaiError
from content.services.figures import counting
from content.services.figures.count_filter import CountFilter
from content.services.figures.counting import CountFigures
from content.services.figures.tally_lines import DELIVERY_WORDS
from content.services.people import phone_binding

_BINDS = re.compile(r"绑定码?[\s::]*(\d{8})")
_UNBINDS = {"解除绑定", "解绑"}
_COUNT = re.compile(
    r"(?:查|查一下|看|看看)?(?:(?P<year>20\d\d)年度?|(?P<named>本年度?|年度|今年|去年|上年度?|本月|这个月|上个?月))的?(?:发布|发文|公众号)?统计(?:数字|数据|数)?"
)
MOST_NAMED = 5  # categories


def is_a_code(scene: Scene) -> bool:
    """绑定 12345678."""
    return bool(scene.asker) and _BINDS.fullmatch(scene.text.strip()) is not None


def bound(scene: Scene) -> Turn:
    """Binds the phone."""
    found = _BINDS.fullmatch(scene.text.strip())
    try:
        name = phone_binding.bind(scene.office, found[1] if found else "", scene.asker)
    except GongkaiError as error:
        return Turn(Text(error.message))
    return Turn(Text(say("phone_bound", person=plain(name))))


def is_an_end(scene: Scene) -> bool:
    """解除绑定."""
    return bool(scene.asker) and scene.bare in _UNBINDS


def unbound(scene: Scene) -> Turn:
    """Unbinds the phone."""
    was = phone_binding.unbind_asker(scene.office, scene.asker)
    return Turn(Text(say("phone_unbound" if was else "phone_not_bound")))


def is_asked(scene: Scene) -> bool:
    """年度统计, 2026年统计, 上月统计, from a phone that staff have bound."""
    return (
        "统计" in scene.bare
        and _span(scene.bare, scene.today) is not None
        and phone_binding.may_see_the_count(scene.office, scene.asker)
    )


def told(scene: Scene) -> Turn:
    """The figures, with what is counted."""
    wanted = _span(scene.bare, scene.today)
    assert wanted is not None
    try:
        found = counting.read(scene.office, wanted, scene.now)
    except RedisError:
        return Turn(Text(say("count_away")))
    return Turn(Text(lines(_figures(scene, found))))


def _figures(scene: Scene, found: CountFigures) -> list[str]:
    wanted = found.wanted
    change = f"，比去年同期 {found.change:+.1f}%（{found.before}）" if found.change is not None else ""
    ways = [f"{DELIVERY_WORDS.get(name, name)} {count}" for name, count in found.by_delivery.items() if count]
    categories = [f"{plain(name)} {count}" for name, count in [*found.by_category.items()][:MOST_NAMED]]
    more = "等" if len(found.by_category) > MOST_NAMED else ""
    address = f"{scene.office.base_url}/console/count/?from={wanted.first}&to={wanted.last}"
    said = [
        say("count_head", span=_words(wanted), total=f"{found.total:,}", change=change),
        say("count_phrase", phrase=found.phrase) if found.total >= 100 else "",
        say("count_part", by="方式", parts="，".join(ways)) if ways else "",
        say("count_part", by="栏目", parts="，".join(categories) + more) if categories else "",
        say("count_portal", portal=f"{found.by_channel.get('portal', 0):,}"),
        say("count_empty", days=len(found.empty_days)),
        say("count_asked", asked=f"{found.asked:,}", answered=f"{found.answered:,}"),
        say("count_definition", withdrawn=found.withdrawn),
        say("count_evidence", link=link(address, "打开明细和证据")),
    ]
    return [line for line in said if line]


def _span(bare: str, today: date) -> CountFilter | None:
    """The span that is named: a year, or a month."""
    found = _COUNT.fullmatch(bare)
    if found is None:
        return None
    named = found["named"] or ""
    if named.endswith("月"):
        first = today.replace(day=1)
        if named.startswith("上"):
            first = (first - timedelta(days=1)).replace(day=1)
        return CountFilter(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    year = int(found["year"]) if found["year"] else today.year - (named[0] in "去上")
    return CountFilter.of_year(year)


def _words(wanted: CountFilter) -> str:
    whole = (wanted.first.month, wanted.last.month) == (1, 12)
    return f"{wanted.first.year}年" if whole else f"{wanted.first.year}年{wanted.first.month}月"
