"""`gongkai user`, `queue` and `review` as staff and programs meet them."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from content.rules.publishing.limits import INPUT_IMAGE_BYTES
from tests import factories

STAFF = (
    ("lin", "editor", "林晓雨"),
    ("sun", "editor", "孙浩"),
    ("zhou", "reviewer", "周建国"),
    ("zhao", "chief", "赵明华"),
)


class Office:
    """The command line in a folder of its own, with four people."""

    def __init__(self) -> None:
        self.runner = CliRunner()

    def __call__(self, *arguments: object, said: str | None = None) -> Result:
        """Runs a command, whatever comes of it."""
        return self.runner.invoke(cli, [str(argument) for argument in arguments], input=said)

    def ok(self, *arguments: object, said: str | None = None) -> str:
        """What a command printed that must succeed."""
        done = self(*arguments, said=said)
        assert done.exit_code == 0, done.output
        return done.stdout

    def no(self, *arguments: object, said: str | None = None) -> str:
        """What a command said that must not be done."""
        done = self(*arguments, said=said)
        assert done.exit_code == 1, done.output
        assert "Traceback" not in done.output
        return done.stderr


@pytest.fixture
def gongkai(tmp_path: Path, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GONGKAI_REDIS_URL", redis_url)
    office = Office()
    office.ok("init")
    for username, role, name in STAFF:
        office.ok("user", "add", username, "--role", role, "--name", name)
    (tmp_path / "稿.md").write_text("明早八点停水，**“请储水”**。", encoding="utf-8")
    return office


@pytest.fixture
def queued(gongkai: Office) -> int:
    return int(
        json.loads(gongkai.ok("queue", "add", "--title", "停水", "--body", "稿.md", "--as", "lin", "--json"))["id"]
    )


def shown(gongkai: Office, number: int) -> dict[str, object]:
    found: dict[str, object] = json.loads(gongkai.ok("queue", "show", number, "--json"))
    return found


def test_a_post_walks_from_the_queue_through_three_reviews(gongkai: Office, queued: int) -> None:
    gongkai.ok("review", "submit", queued, "--as", "lin")
    for username in ("sun", "zhou", "zhao"):
        gongkai.ok("review", "pass", queued, "--as", username, "--note", "无误")
    found = shown(gongkai, queued)
    assert set(found) == {"id", "key", "title", "state", "due_at", "delivery", "url", "body_sha256", "warnings", "attempts",
                          "platform", "reviews"}  # fmt: skip
    assert found["state"] == "scheduled"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", str(found["due_at"]))
    reviews = found["reviews"]
    assert isinstance(reviews, list)
    assert [(each["who"], each["role"], each["action"]) for each in reviews] == [
        ("lin", "editor", "submit"), ("sun", "editor", "pass"), ("zhou", "reviewer", "pass"), ("zhao", "chief", "pass"),
    ]  # fmt: skip
    assert {each["sha256"] for each in reviews} == {found["body_sha256"]}


def test_the_authors_own_pass_is_refused_with_who_may(gongkai: Office, queued: int) -> None:
    gongkai.ok("review", "submit", queued, "--as", "lin")
    said = gongkai.no("review", "pass", queued, "--as", "lin")
    assert said == f"{queued}：自己写过或改过的稿件不能自己审。初审须由另一位“编辑、审核”来做。\n"


def test_a_pass_may_name_what_it_covers(gongkai: Office, queued: int) -> None:
    gongkai("review", "submit", queued, "--as", "lin")
    seen = json.loads(gongkai("queue", "show", queued, "--json").stdout)["body_sha256"]
    wrong = gongkai("review", "pass", queued, "--sha256", "0" * 64, "--as", "sun")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (1, 1)
    assert gongkai("review", "pass", queued, queued, "--sha256", seen, "--as", "sun").exit_code == 2
    right = gongkai("review", "pass", queued, "--sha256", seen, "--as", "sun")
    assert (right.exit_code, right.stderr) == (0, "")


def test_of_several_each_stands_alone_and_each_failure_is_named(gongkai: Office, queued: int) -> None:
    gongkai.ok("queue", "add", "--title", "二", "--body", "稿.md", "--as", "lin")
    done = gongkai("review", "submit", queued, 77, queued + 1, "--as", "lin")
    assert done.exit_code == 1
    assert [line.split("：")[0] for line in done.stdout.splitlines()] == [str(queued), str(queued + 1)]
    assert done.stderr.startswith("77：没有编号为 77 的稿件")


def test_reviewers_are_told_of_personal_data_too(gongkai: Office, tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text("王某,13812345678", encoding="utf-8")
    (tmp_path / "稿.md").write_text("身份证号11010519491231002X", encoding="utf-8")
    arguments = ("queue", "add", "--title", "公示", "--body", "稿.md", "--attach", "名单.csv", "--as", "lin")
    told = [gongkai.ok(*arguments), gongkai.ok("queue", "show", 1)]
    gongkai.ok("queue", "preview", 1, "-o", "p.html")
    for said in (*told, (tmp_path / "p.html").read_text(encoding="utf-8")):
        assert "正文里有 1 个完整的身份证号（11*************02X）" in said
        assert "附件“名单.csv”里有 1 个完整的手机号（138****5678）" in said


def test_a_post_is_checked_masked_and_only_then_reviewed(gongkai: Office, tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text("王某,13812345678", encoding="utf-8")
    (tmp_path / "稿.md").write_text("身份证号11010519491231002X，请拨13912345678。", encoding="utf-8")
    gongkai.ok("queue", "add", "--title", "公示", "--body", "稿.md", "--attach", "名单.csv", "--as", "lin")
    assert "完整的身份证号" in gongkai.no("review", "submit", 1, "--as", "lin")
    checked = gongkai("queue", "check", 1, "--json")
    assert checked.exit_code == 1
    found = json.loads(checked.stdout)["findings"]
    assert [(each["severity"], each["place"]) for each in found] == [
        ("hard", "正文第 1 段"), ("error", "正文第 1 段"), ("error", "附件“名单.csv”第 1 行"),
    ]  # fmt: skip
    full, called, _ = (each["key"] for each in found)
    assert "必须改" in gongkai.no("queue", "dismiss", 1, full, "--as", "lin", "--note", "本人同意")
    assert "理由" in gongkai.no("queue", "dismiss", 1, called, "--as", "lin")
    gongkai.ok("queue", "dismiss", 1, called, "--as", "lin", "--note", "值班手机，对外公布")
    called = next(each["key"] for each in json.loads(gongkai("queue", "check", 1, "--json").stdout)["findings"]
                  if each["dismissed"])  # fmt: skip
    gongkai.ok("queue", "dismiss", 1, called, "--as", "lin", "--undo")
    gongkai.ok("queue", "dismiss", 1, called, "--as", "lin", "--note", "值班手机，对外公布")
    assert "打上星号 2 处，存为第 2 稿" in gongkai.ok("queue", "mask", 1, "--as", "lin")
    assert "的理由：值班手机" in gongkai.ok("queue", "check", 1)
    gongkai.ok("review", "submit", 1, "--as", "lin")
    assert "值班手机，对外公布" in gongkai.ok("review", "pass", 1, "--as", "sun")


def test_a_return_wants_a_note(gongkai: Office, queued: int) -> None:
    gongkai.ok("review", "submit", queued, "--as", "lin")
    assert "--note" in gongkai.no("review", "return", queued, "--as", "sun")
    gongkai.ok("review", "return", queued, "--as", "sun", "--note", "数字不对")
    assert "数字不对" in gongkai.ok("queue", "show", queued)


def test_a_draft_can_be_withdrawn_without_the_platform(gongkai: Office, queued: int) -> None:
    assert "作者本人和终审" in gongkai.no("review", "withdraw", queued, "--as", "sun")
    gongkai.ok("review", "withdraw", queued, "--as", "lin")
    assert shown(gongkai, queued)["state"] == "withdrawn"


def test_the_list_is_an_array_oldest_first_and_can_be_narrowed(gongkai: Office, queued: int) -> None:
    gongkai.ok(
        "queue", "add", "--title", "二", "--body", "稿.md", "--at", "2036-01-02T03:04", "--key", "k", "--as", "lin"
    )
    gongkai.ok("review", "submit", queued, "--as", "lin")
    assert json.loads(gongkai.ok("queue", "list", "--json")) == [
        {"id": queued, "key": None, "title": "停水", "state": "reviewing", "due_at": None},
        {"id": queued + 1, "key": "k", "title": "二", "state": "draft", "due_at": "2036-01-02T03:04:00+08:00"},
    ]
    assert [row["id"] for row in json.loads(gongkai.ok("queue", "list", "--state", "draft", "--json"))] == [queued + 1]
    assert gongkai.ok("queue", "list").splitlines()[1] == f"{queued + 1}\t草稿\t2036-01-02 03:04\t二"


def test_everything_that_is_wrong_is_told_at_once(gongkai: Office, tmp_path: Path) -> None:
    (tmp_path / "稿.html").write_text('<p>x</p><img src="没有.png">', encoding="utf-8")
    said = gongkai.no("queue", "add", "--title", "长" * 33, "--body", "稿.html", "--at", "明天", "--cover", "没有.jpg",
                      "--digest", "长" * 121, "--as", "lin")  # fmt: skip
    for words in ("标题有 33 个字", "摘要有 121 个字", "第 1 张图片（没有.png）找不到", "看不懂时间“明天”", "没有.jpg"):
        assert words in said
    assert json.loads(gongkai.ok("queue", "list", "--json")) == []


@pytest.mark.parametrize("body", ["", "   \n\n", "<p>&nbsp;</p>", "<script>x</script>"])
def test_an_empty_body_is_refused(gongkai: Office, tmp_path: Path, body: str) -> None:
    (tmp_path / "空.html").write_text(body, encoding="utf-8")
    assert "正文是空的" in gongkai.no("queue", "add", "--title", "空", "--body", "空.html", "--as", "lin")


def test_a_time_that_has_passed_is_said_at_once_and_at_the_third_pass(gongkai: Office) -> None:
    said = gongkai.ok("queue", "add", "--title", "迟", "--body", "稿.md", "--at", "2020-01-01 09:00", "--as", "lin")
    assert "已经过去" in said
    gongkai.ok("review", "submit", 1, "--as", "lin")
    gongkai.ok("review", "pass", 1, "--as", "sun")
    gongkai.ok("review", "pass", 1, "--as", "zhou")
    assert "已经过去，马上发布" in gongkai.ok("review", "pass", 1, "--as", "zhao")


def test_an_edit_tells_what_it_undid(gongkai: Office, queued: int) -> None:
    gongkai.ok("review", "submit", queued, "--as", "lin")
    gongkai.ok("review", "pass", queued, "--as", "sun")
    before = shown(gongkai, queued)["body_sha256"]
    said = gongkai.ok("queue", "edit", queued, "--title", "停水改期", "--at", "", "--as", "lin")
    assert "第 2 稿，先前的 1 次通过作废" in said
    after = shown(gongkai, queued)
    assert (after["title"], after["state"], after["body_sha256"] == before) == ("停水改期", "draft", False)
    assert "没有变化" in gongkai.ok("queue", "edit", queued, "--title", "停水改期", "--as", "lin")


def test_several_attachments_and_roles_may_follow_one_option(gongkai: Office, tmp_path: Path) -> None:
    for name in ("表.pdf", "图.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7 " + name.encode())
    gongkai.ok("queue", "add", "--title", "附", "--body", "稿.md", "--as", "lin", "--attach", "表.pdf", "图.pdf")
    gongkai.ok("queue", "preview", 1, "-o", "p.html")
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "附件：表.pdf\n附件：图.pdf" in page
    assert "<strong>“请储水”</strong>" in page
    gongkai.ok("user", "add", "he", "--role", "office", "admin")
    assert gongkai("queue", "add", "--title", "多", "出来", "--body", "稿.md", "--as", "lin").exit_code == 2


def test_an_import_prints_its_receipt(gongkai: Office, tmp_path: Path) -> None:
    (tmp_path / "稿.jsonl").write_text('{"title": "一", "body": "文", "key": "a"}\n{"title": ""}\n', encoding="utf-8")
    receipt = json.loads(gongkai.ok("queue", "import", "稿.jsonl", "--as", "lin", "--json"))
    assert (receipt["new"], receipt["unchanged"], receipt["ids"]) == (1, 0, [1])
    assert {fault["field"] for fault in receipt["refused"] if fault["row"] == 2} == {"title", "body"}
    again = gongkai("queue", "import", "稿.jsonl", "--as", "lin")
    assert (again.exit_code, again.stdout) == (0, "新增 0 篇，没有变化 1 篇，没有收下 1 行。\n")
    assert "跳过" in again.stderr


def test_an_unknown_number_ends_with_one_sentence(gongkai: Office) -> None:
    for command in (("queue", "show", 9), ("queue", "preview", 9, "-o", "p.html"), ("queue", "edit", 9, "--as", "lin")):
        assert gongkai.no(*command).startswith("没有编号为 9 的稿件。")


def test_before_init_every_command_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "nothing"))
    (tmp_path / "nothing").mkdir()
    for command in (("queue", "list"), ("review", "pass", 1, "--as", "lin"), ("user", "list")):
        assert "gongkai init" in Office().no(*command)


def test_people_are_added_listed_and_disabled(gongkai: Office) -> None:
    gongkai.ok("user", "add", "何静", "--role", "office,admin", "--password-stdin", said="correct horse\n")
    people = json.loads(gongkai.ok("user", "list", "--json"))
    assert [person["username"] for person in people] == ["lin", "sun", "zhou", "zhao", "何静"]
    assert (people[-1]["roles"], people[-1]["disabled_at"]) == (["admin", "office"], None)
    assert "correct" not in json.dumps(people)
    gongkai.ok("user", "disable", "lin")
    assert "lin\t林晓雨\t编辑（已停用）" in gongkai.ok("user", "list")
    assert "已经停用" in gongkai.no("queue", "add", "--title", "题", "--body", "稿.md", "--as", "lin")
    assert "停用" in gongkai.no("user", "disable", "lin")


@pytest.mark.parametrize(
    ("arguments", "password", "words"),
    [
        (["lin", "--role", "editor"], None, "已经有"),
        (["LIN", "--role", "editor"], None, "已经有"),
        (["clock", "--role", "chief"], None, "程序自己用的"),
        (["a b", "--role", "chief"], None, "不能有空格"),
        (["wang", "--role", "king"], None, "没有“king”这个角色"),
        (["wang", "--role", ","], None, "至少给一个角色"),
        (["wang", "--role", "editor", "--password-stdin"], "short\n", "太短"),
        (["wang", "--role", "editor", "--password-stdin"], "wang2026!\n", "太容易猜"),
        (["wang", "--role", "editor", "--password-stdin"], "11111111\n", "太容易猜"),
        (["wang", "--role", "editor", "--password-stdin"], "", "太短"),
    ],
)
def test_a_person_that_makes_no_sense_is_refused(
    gongkai: Office, arguments: list[str], password: str | None, words: str
) -> None:
    assert words in gongkai.no("user", "add", *arguments, said=password)
    assert len(json.loads(gongkai.ok("user", "list", "--json"))) == len(STAFF)


class Pictures(BaseHTTPRequestHandler):
    """A web site with one picture, one page that is none, and one that never ends."""

    def do_GET(self) -> None:
        """Answers by path."""
        found = {"/a.webp": factories.image("WEBP"), "/page": b"<html>", "/endless": b"\0" * (INPUT_IMAGE_BYTES + 1)}
        data = found.get(self.path)
        self.send_response(200 if data else 404)
        self.end_headers()
        try:
            self.wfile.write(data or b"")
        except OSError:
            self.close_connection = True  # who asked has gone

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pictures)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_pictures_on_the_web_are_brought_once_or_named(gongkai: Office, tmp_path: Path, site: str) -> None:
    (tmp_path / "网.html").write_text(f'<p>x</p><img src="{site}/a.webp">', encoding="utf-8")
    assert "WEBP 格式微信不收，已转换" in gongkai.ok(
        "queue", "add", "--title", "网", "--body", "网.html", "--as", "lin"
    )
    (tmp_path / "坏.html").write_text(
        f'<img src="{site}/none"><img src="{site}/page"><img src="{site}/endless"><img src="http://127.0.0.1:1/x">',
        encoding="utf-8",
    )
    said = gongkai.no("queue", "add", "--title", "坏", "--body", "坏.html", "--as", "lin")
    for words in ("对方网站回答 404", "第 2 张图片", "认不出是图片", "超过 10 MB", "连不上"):
        assert words in said


def test_a_question_an_emergency_and_a_cover_at_the_command_line(
    gongkai: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = gongkai.ok("queue", "add", "--title", "停水通知", "--body", "稿.md", "--json", "--as", "lin")
    number = json.loads(added)["id"]
    gongkai.ok("review", "submit", number, "--as", "lin")
    assert "这是第 1 问" in gongkai.ok("review", "ask", number, "--note", "哪条路？", "--paragraph", 1, "--as", "sun")
    assert "能答复的是：林晓雨" in gongkai.no("review", "answer", number, 1, "--note", "东路", "--as", "zhou")
    gongkai.ok("review", "answer", number, 1, "--note", "东路", "--as", "lin")
    urgent = ("review", "pass", number, "--urgent", "--note", "爆管", "--as", "zhao")
    assert "没有开启应急发布" in gongkai.no(*urgent)
    monkeypatch.setenv("GONGKAI_EMERGENCY_PUBLISHING", "true")
    assert "接下来复审或初审" in gongkai.ok(*urgent)
    assert "马上发出" in gongkai.ok("review", "pass", number, "--as", "sun")
    assert "复审补上了" in gongkai.ok("review", "pass", number, "--as", "zhou")

    span = ("--from", "2099-01-01", "--to", "2099-01-05")
    assert "zhou 代 zhao" in gongkai.ok("user", "away", "zhao", "--cover", "zhou", *span)
    assert "已经排了代岗" in gongkai.no("user", "away", "zhao", "--cover", "sun", *span)
    assert "已取消 1 条" in gongkai.ok("user", "back", "zhao")
    assert "没有开两步登录" in gongkai.no("user", "two-step-off", "zhao")
