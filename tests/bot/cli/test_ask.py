"""`gongkai ask`: the reply and its ranking, one question or many; nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from bot.cli import cli
from content.services.office import Office
from content.store.tables import Question


@pytest.fixture
def ask(told: Office) -> object:
    """Runs the command in the office's home; no setting of the platform is needed."""

    def run(*arguments: str) -> Result:
        environment = {
            "GONGKAI_HOME": str(told.home),
            "GONGKAI_REDIS_URL": told.settings.redis_url,
            "GONGKAI_WECHAT_TOKEN": "",
        }
        return CliRunner(env=environment).invoke(cli, ["ask", *arguments])

    return run


def test_the_reply_and_the_ranking_come_as_one_document(ask) -> None:  # type: ignore[no-untyped-def]
    done = ask("公租房怎么申请", "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0 and found["reply"]["type"] == "text"
    first = found["results"][0]
    assert set(first) == {"id", "key", "kind", "title", "url", "score"}
    assert (first["id"], first["key"], first["kind"]) == ("2", "d2", "disclosure")
    assert first["url"] == "http://127.0.0.1:8000/d/2" and first["url"] in found["reply"]["content"]
    assert ask("公租房怎么申请").stdout.strip() == found["reply"]["content"]


def test_many_are_answered_in_their_order_with_the_same_ranking(ask, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "questions.jsonl"
    texts = ["公租房", "维修电工", "xylophone", "安全生产检查通报"]
    file.write_text("\ufeff" + "\n".join(json.dumps({"id": number, "text": text}) for number, text in enumerate(texts)))
    done = ask("--batch", str(file))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0 and [line["id"] for line in lines] == [0, 1, 2, 3]
    assert lines[2]["keys"] == [] and len(lines[3]["keys"]) <= 10
    for text, line in zip(texts, lines, strict=True):
        assert line["keys"] == [result["key"] for result in json.loads(ask(text, "--json").stdout)["results"]]


def test_bad_lines_are_named_and_the_others_answered(ask, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id":1,"text":"公租房"}\nnot json\n\n{"id":2}\n[1]\n{"id":"x","text":"电工"}\n')
    done = ask("--batch", str(file))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, "x"]
    assert done.exit_code == 1
    assert all(f"第 {number} 行" in done.stderr for number in (2, 4, 5))


def test_either_a_text_or_a_file_is_wanted(ask, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert ask().exit_code == 2
    assert ask("--batch", str(tmp_path / "missing.jsonl")).exit_code == 2
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    assert ask("--batch", str(binary)).exit_code == 1


def test_what_is_asked_here_is_neither_kept_nor_counted(ask, told: Office) -> None:  # type: ignore[no-untyped-def]
    ask("公租房")
    with told.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Question)) == 0
