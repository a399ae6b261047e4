"""The demo world, and the command that brings it to life: everything that `make run` ends in.

world        the data in data/*.jsonl, with its days told from today
surroundings the account and the settings that the demo gives its processes
ground       may the demo start here?
seeding      the world brought about through the real services and the emulator
supervisor   starts the processes, waits until they work, watches over them, ends them
"""

from __future__ import annotations

from content.services.office import Office


class DemoStopped(Exception):
    """Somebody wants the demo to end before it was up."""


def run(office: Office, *, any_address: bool = False) -> None:
    """Runs the demo in the office's home until SIGINT, SIGTERM or SIGHUP. Raises GongkaiError."""
    from bot.demo.supervisor import DemoSupervisor

    DemoSupervisor(office.settings, ["--any-address"] if any_address else []).run()
