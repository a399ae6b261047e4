"""Three followers who have asked something before the newcomer comes, so that there are questions to count."""

from __future__ import annotations

from bot.demo.emulator_client import SideDoor

ASKED = {
    "阿芳": ("幼儿园什么时候报名", "1", "谢谢"),
    "老曹": ("焊工 招聘", "技能补贴怎么领", "帮助"),
    "小郭": ("稳岗补贴", "接驳车几点发车", "渔业捕捞证"),
}


def chat(door: SideDoor) -> None:
    """They follow the account and ask."""
    for user, texts in ASKED.items():
        door.follow(user)
        for text in texts:
            door.say(user, text)
