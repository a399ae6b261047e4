"""`python -m tests.year.storm`: 120 posts, faults and kills, in real time; exit code 1 unless all are out once and counted.

Nobody helps: no person settles anything, and the time is the machine's.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from sqlalchemy import func, select

from content.services.office import Office
from content.services.setup import prepare
from content.store.tables import Article
from tests import world
from tests.year.crew import CLOCKS, EVERYBODY, WEBS, Crew
from tests.year.plan import ACTING, EVENTS, LOOKING, Planned
from tests.year.reckoning import Reckoning, reckon
from tests.year.staff import Staff

POSTS, PUSHED = 120, 8  # so many of them in one push
FAULTS, KILLS = 0.15, 25
SETTLE_AFTER = 20
AMPLE = 100_000  # calls a day
WITHIN = 15 * 60.0
TOGETHER = timedelta(seconds=60)
PAUSES = (3.0, 18.0)  # seconds between kills


def main() -> int:
    """Reads the options, lets it storm, prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.year.storm", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    folder = Path(tempfile.mkdtemp(prefix="storm-"))
    found = storm(folder, seed)
    click.echo(f"The storm of seed {seed}: {POSTS} posts, {FAULTS:.0%} faults, {KILLS} kills\n\n{found}")
    for wrong in found.wrong:
        click.echo(f"WRONG {wrong}")
    if found.wrong:
        click.echo(f"everything lies in {folder}")
    else:
        shutil.rmtree(folder)
    return 1 if found.wrong else 0


def storm(folder: Path, seed: int) -> Reckoning:
    """The storm in `folder`, and what there is to say of it."""
    dice = random.Random(f"storm {seed}")
    crew = Crew(folder, GONGKAI_SETTLE_AFTER=str(SETTLE_AFTER), GONGKAI_SUBMIT_GAP="2")
    try:
        with crew.office() as office:
            prepare(office)
            world.add_people(office)
            crew.start(*EVERYBODY)
            crew.door.act("options", quotas=dict.fromkeys((*ACTING, *LOOKING), AMPLE))  # a day's 100 posts are too few
            crew.door.act("faults", rules=_rules(dice))
            begun = time.monotonic()
            Staff(office, crew, seed).queue(_posts(office.clock.now()))
            approved = time.monotonic() - begun
            lasted = _rage(office, crew, dice, begun)
            struck = sum(rule["struck"] for rule in crew.door.look("faults")["faults"])
            crew.door.act("faults", clear=True)
            found = reckon(office, crew, first=office.clock.today(), last=office.clock.today())
            found.demand("seconds until all was out", f"{lasted:.0f}", lasted < WITHIN)
            found.say("seconds until all was approved", f"{approved:.0f}")
            found.say("faults that struck", struck)
            found.demand("kills", dict(crew.kills), sum(crew.kills.values()) == KILLS)
            return found
    finally:
        crew.close()


def _rage(office: Office, crew: Crew, dice: random.Random, begun: float) -> float:
    """Kills until all kills are done and all is out; the seconds it took, or WITHIN."""
    next_kill = begun + dice.uniform(*PAUSES)
    while (now := time.monotonic()) - begun < WITHIN:
        if sum(crew.kills.values()) < KILLS and now >= next_kill:
            crew.strike(dice.choice((*CLOCKS, *WEBS)), 0)
            crew.recover()
            crew.door.act("options", webhook=f"{crew.open_web()}/wechat")
            next_kill = time.monotonic() + dice.uniform(*PAUSES)
        if sum(crew.kills.values()) == KILLS and _published(office) == POSTS:
            return now - begun
        time.sleep(0.2)
    return WITHIN


def _published(office: Office) -> int:
    with office.store.read() as session:
        return session.scalar(select(func.count()).where(Article.state == "published")) or 0


def _posts(now: datetime) -> list[Planned]:
    """Due as soon as they have passed, but for the pushed ones: a day has one push, so they are due together."""
    soon = now + TOGETHER
    pushed = [_post(number, "mass", soon) for number in range(PUSHED)]
    return [*pushed, *(_post(number, "publish", now) for number in range(PUSHED, POSTS))]


def _post(number: int, delivery: str, at: datetime) -> Planned:
    return Planned(f"storm-{number}", "园区通知", f"第 {number} 号通知的正文。", delivery, "通知公告", "党政办公室", at)


def _rules(dice: random.Random) -> list[dict[str, Any]]:
    """Each call and each event goes wrong in FAULTS of all cases, in three ways."""
    rules: list[dict[str, Any]] = []
    for endpoint in (*ACTING, *LOOKING, *EVENTS):
        acts = {True: ("drop", "act_then_drop", "act_then_hang"), False: ("refuse", "drop", "hang")}[endpoint in ACTING]
        for act in ("lost", "doubled", "late") if endpoint in EVENTS else acts:
            rules.append({"endpoint": endpoint, "act": act, "probability": FAULTS / 3, "seed": dice.randrange(10**9),
                          "seconds": 2, **({"errcode": -1} if act == "refuse" else {})})  # fmt: skip
    return rules


if __name__ == "__main__":
    sys.exit(main())
