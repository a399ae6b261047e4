"""One long chat through the platform, in safe mode: every kind of question, every kind of message, staff on the other side.

The chat itself is in chat.txt, to be read. Each turn goes over HTTP to the emulator and from there to the web process.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from bot.dialogue.reply_text import MAX_BYTES
from config import reference
from content.services.notices import notice_import
from tests import world
from tests.fixtures.hands import Hands
from tests.fixtures.office_processes import OfficeProcesses, running
from tests.journeys import chat_world

SCRIPT = Path(__file__).with_name("chat.txt")
LEAST_TURNS = 60
TEMPLATE = "Template_of_the_chat"
LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
PICTURE = "https://mmbiz.example.cn/1.jpg"


@dataclass
class Turn:
    """What is said or done (`words` of a citizen, or an `act`), and what must come of it."""

    line: int
    said: str
    has: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    silent: bool = False


def script() -> list[Turn]:
    """The turns of chat.txt, in order."""
    turns: list[Turn] = []
    for number, line in enumerate(SCRIPT.read_text(encoding="utf-8").splitlines(), start=1):
        mark, rest = line[:2], line[2:]
        if line.startswith("【") or mark == "我：":
            turns.append(Turn(number, line))
        elif mark in ("答：", "不：", "链："):
            {"答：": turns[-1].has, "不：": turns[-1].lacks, "链：": turns[-1].links}[mark].append(rest)
        elif mark == "默：":
            turns[-1].silent = True
        else:
            assert not line.strip() or line.startswith(("#", "==")), f"chat.txt:{number}: {line}"
    return turns


class Chat:
    """A citizen with a phone, and the office's staff."""

    def __init__(self, processes: OfficeProcesses, hands: Hands) -> None:
        self.processes, self.hands = processes, hands
        self.acts: list[tuple[str, Callable[..., list[dict[str, Any]]]]] = [
            (r"关注", lambda: self.door("follow")),
            (r"取消关注", lambda: self.door("unfollow")),
            (r"点菜单 (\S+)", lambda name: self.door("tap", button=self.button(name))),
            (r"点词 (\S+)", lambda word: self.door("say", text=word, menu_id="tap")),
            (r"位置 (\S+) (\S+)", lambda lat, lng: self.door("locate", latitude=float(lat), longitude=float(lng), label="某路")),
            (r"图片", lambda: self.sends("image", PicUrl=PICTURE, MediaId="m")),
            (r"语音", lambda: self.sends("voice", MediaId="m", Format="amr", Recognition="")),
            (r"语音 (\S+)", lambda words: self.sends("voice", MediaId="m", Format="amr", Recognition=f"{words}。")),
            (r"视频", lambda: self.sends("video", MediaId="m", ThumbMediaId="t")),
            (r"网页链接", lambda: self.sends("link", Title="t", Description="d", Url="https://example.cn/")),
            (r"文件", lambda: self.sends("file", Title="t", Description="d", FileKey="k")),
            (r"名片", lambda: self.sends("card_of_tomorrow", Title="t")),
            (r"写好联系方式", lambda: self.writes("office.toml", chat_world.CONTACT)),
            (r"写好自己的指南", lambda: self.writes("guides.toml", chat_world.GUIDES)),
            (r"弄坏自己的指南", lambda: self.writes("guides.toml", "[[guide")),
            (r"来了招聘 (\S+)", self.posting_comes),
            (r"同意订阅通知", lambda: self.door("consent", template=TEMPLATE)),
            (r"时钟发订阅通知", lambda: self.runs("job", "run", "tell_wishes")),
            (r"工作人员教会 (\S+)：(.+)", lambda asked, text: self.runs("questions", "answer", asked, "--text", text, "--as", "sunhao")),
            (r"工作人员回信 (.+)", lambda text: self.runs("letters", "reply", "1", "--text", text, "--as", "sunhao")),
            (r"过 (\d+) 小时", self.hours_pass),
        ]  # fmt: skip

    def plays(self, turn: Turn) -> list[dict[str, Any]]:
        """Does what a turn says; the bubbles of the account that it brought."""
        if turn.said.startswith("我："):
            return self.door("say", text=turn.said[2:])
        for pattern, act in self.acts:
            if found := re.fullmatch(f"【{pattern}】", turn.said):
                return act(*found.groups())
        raise AssertionError(f"chat.txt:{turn.line}: nobody knows how to do {turn.said}")

    def door(self, name: str, **body: Any) -> list[dict[str, Any]]:
        """An act on the phone."""
        return self.theirs(self.processes.door.act(name, user="wang", **body)["bubbles"])

    def sends(self, kind: str, **fields: str) -> list[dict[str, Any]]:
        """A message of another kind."""
        return self.door("send", kind=kind, fields=fields)

    def writes(self, name: str, text: str) -> list[dict[str, Any]]:
        """The operator edits a file of the office."""
        (self.processes.home / name).write_text(text, encoding="utf-8")
        return []

    def runs(self, *command: str) -> list[dict[str, Any]]:
        """A command of the office, and what it brought to the phone."""
        before = len(self.bubbles())
        self.processes.run(*command)
        return self.theirs(self.bubbles()[before:])

    def posting_comes(self, title: str) -> list[dict[str, Any]]:
        """A new posting is imported."""
        row = {"key": title, "title": title, "employer": "临江船厂", "published_on": "2026-11-22"}
        self.imports("posting", [row])
        return []

    def hours_pass(self, hours: str) -> list[dict[str, Any]]:
        """Time goes by."""
        self.hands.pass_(3600 * int(hours))
        return []

    def imports(self, kind: str, rows: list[dict[str, Any]]) -> None:
        """Rows of a kind."""
        file = self.processes.folder / f"{kind}.jsonl"
        file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        with self.processes.office() as office:
            assert notice_import.import_file(office, kind, file).new == len(rows)

    def bubbles(self) -> list[dict[str, Any]]:
        """All that the phone shows."""
        found: list[dict[str, Any]] = self.processes.door.look("chat")["chat"]["wang"]["bubbles"]
        return found

    @staticmethod
    def theirs(bubbles: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those that the citizen did not send."""
        return [bubble for bubble in bubbles if bubble["from"] != "citizen"]

    @staticmethod
    def button(name: str) -> dict[str, Any]:
        """A menu button by its name."""
        buttons = [sub for top in reference.menu() for sub in top.get("sub_button", [top])]
        return next(
            {**button, "url": button.get("url", "").format(base="")} for button in buttons if button["name"] == name
        )


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """An office of its own at noon of 22 November 2026, with all its processes up."""
    folder = tmp_path_factory.mktemp("chat")
    hands = Hands(folder / "clock", world.NOON)
    with running(folder, hands=hands, GONGKAI_NOTICE_TEMPLATE=TEMPLATE) as processes:
        chat = Chat(processes, hands)
        chat.writes("office.toml", chat_world.NAMED)
        chat.imports("disclosure", chat_world.DISCLOSURES)
        chat.imports("posting", chat_world.POSTINGS)
        assert processes.door.act("options", mode="safe", publish_delay=0.5)["mode"] == "safe"
        yield chat


def seen(bubble: dict[str, Any]) -> tuple[str, list[str]]:
    """What a citizen reads in a bubble (words to tap in brackets), and the addresses behind its links."""
    if bubble["kind"] == "news":
        [card] = bubble["articles"]
        return f"{card['title']}\n{card['description']}", [card["url"], card["picture"]]
    content = str(bubble.get("content", ""))
    shown = LINK.sub(lambda found: f"[{found[2]}]" if found[1].startswith("weixin:") else found[2], content)
    return shown, [unquote(address) for address, _ in LINK.findall(content)]


def test_the_chat_is_long_enough_to_meet_everything() -> None:
    turns = [turn for turn in script() if turn.has or turn.lacks or turn.links or turn.silent]
    assert len(turns) >= LEAST_TURNS


def test_the_whole_chat_goes_as_written(chat: Chat) -> None:
    faults: list[str] = []
    for turn in script():
        bubbles = chat.plays(turn)
        faults += [f"chat.txt:{turn.line}: {turn.said}\n    {fault}" for fault in checked(turn, bubbles)]
    assert not faults, "\n".join(faults)


def checked(turn: Turn, bubbles: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with the answer to a turn."""
    expected = 0 if turn.silent or not (turn.has or turn.lacks or turn.links) else 1
    if len(bubbles) != expected:
        yield f"{len(bubbles)} answers instead of {expected}: {bubbles}"
        return
    for bubble in bubbles:
        shown, links = seen(bubble)
        if len(str(bubble.get("content", "")).encode()) > MAX_BYTES:
            yield "too long"
        yield from (f"没有“{text}”：\n{shown}" for text in turn.has if text not in shown)
        yield from (f"不该有“{text}”：\n{shown}" for text in turn.lacks if text in shown)
        yield from (f"没有链接“{text}”：{links}" for text in turn.links if not any(text in link for link in links))
