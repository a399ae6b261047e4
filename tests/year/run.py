"""`python -m tests.year.run`: plays the year and prints its table; exit code 1 when anything is wrong."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import click

from content.services.setup import prepare
from tests import world
from tests.fixtures.hands import Hands
from tests.year import plan as planning
from tests.year.crew import EVERYBODY, Crew
from tests.year.plan import Day
from tests.year.playing import Year
from tests.year.reckoning import Reckoning, questions, reckon, reconciled
from tests.year.staff import Staff

DELAY = 0.02  # real seconds that a job takes on the platform


def main() -> int:
    """Reads the options, plays, prints."""
    options = _options()
    folder = Path(options.folder or tempfile.mkdtemp(prefix="year-"))
    begun = time.monotonic()
    found = play(folder, seed=options.seed, days=options.days, articles=options.articles, kills=options.kills)
    click.echo(f"\nThe year of seed {options.seed}, {options.days} days, played in {time.monotonic() - begun:.0f} s\n")
    click.echo(str(found))
    for wrong in found.wrong:
        click.echo(f"WRONG {wrong}")
    if found.wrong or options.folder:
        click.echo(f"everything lies in {folder}")
    else:
        shutil.rmtree(folder)
    return 1 if found.wrong else 0


def play(folder: Path, *, seed: int, days: int, articles: int, kills: int, quiet: bool = False) -> Reckoning:
    """One year in `folder`, and what there is to say of it."""
    plan = planning.draw(seed, days=days, articles=articles, kills=kills)
    folder.mkdir(parents=True, exist_ok=True)
    hands = Hands(folder / "now", planning.instant(planning.FIRST, "00:00") - timedelta(hours=3))
    crew = Crew(folder, hands=hands, GONGKAI_SUBMIT_GAP="0")
    try:
        with crew.office() as office:
            prepare(office)
            world.add_people(office)
            crew.start(*EVERYBODY)
            crew.door.act("options", publish_delay=DELAY, mass_delay=DELAY)
            staff = Staff(office, crew, seed)
            year = Year(office=office, crew=crew, staff=staff, hands=hands, plan=plan, seed=seed)
            year.play(lambda day: None if quiet else _tell(day, year))
            rested = year.come_to_rest()
            found = reckon(office, crew, first=plan.days[0].on, last=plan.days[-1].on)
            reconciled(found, crew, plan.days[0].on, plan.days[-1].on)
            found.demand("came to rest", rested, rested)
            questions(found, office, staff, {plan.days[0].on.year, plan.days[-1].on.year})
            _story(found, year)
            return found
    finally:
        crew.close()


def _story(found: Reckoning, year: Year) -> None:
    """What befell it."""
    found.say("faults that struck", sum(year.struck.values()))
    for kind, count in sorted(year.struck.items()):
        found.say(f"  {kind}", count)
    kills = year.crew.kills
    found.say("processes killed (-9)", sum(kills.values()) - kills["flush"])
    for name, count in sorted(kills.items()):
        found.say(f"  {'Redis emptied' if name == 'flush' else name}", count)
    for what, count in sorted(year.staff.did.items()):
        found.say(f"people: {what}", count)
    found.say("stops", year.stops)
    found.say("long stops", "; ".join(year.long_stops) or "none")


def _tell(day: Day, year: Year) -> None:
    if day.on.day == 1:
        kills = sum(year.crew.kills.values())
        click.echo(f"{day.on:%Y-%m}: {year.stops} stops, {kills} kills and emptyings", err=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.year.run", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--articles", type=int, default=1400)
    parser.add_argument("--kills", type=int, default=48, help="processes killed, all kinds together")
    parser.add_argument("--folder", help="where everything is kept; otherwise a folder that goes when all is well")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
