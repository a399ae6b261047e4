"""`gongkai user`: who works here and what they may do."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from bot.cli.common import json_output, print_json, with_office
from config.clock import local
from content.rules.errors import BadInput
from content.rules.people import ROLE_WORDS, Role
from content.services.office import Office
from content.services.people import duty_roster, first_admin, staff, two_step
from content.services.setup import demand_current
from content.store.people import roles as roles_of

ROLES = "、".join(f"{role}（{word}）" for role, word in ROLE_WORDS.items())


@click.group()
def user() -> None:
    """人员账号：新增、查看、停用。"""


@user.command()
@click.argument("username", metavar="NAME")
@click.argument("more", nargs=-1, metavar="")
@click.option("--role", "given", multiple=True, required=True, metavar="ROLE…", help=f"角色，可以给几个：{ROLES}")
@click.option("--name", default="", metavar="姓名", help="显示的姓名；不给就用账号名")
@click.option("--password-stdin", is_flag=True, help="从标准输入读一行作为登录密码；不给就不能登录网页后台")
@with_office()
def add(
    office: Office, username: str, more: tuple[str, ...], given: tuple[str, ...], name: str, password_stdin: bool
) -> None:
    """新增一个人。"""
    demand_current(office)
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    roles = [_role(word) for text in (*given, *more) for word in text.split(",") if word]
    staff.take_on(office, username, name=name, roles=roles, password=password)
    click.echo(f"已新增：{username}（{'、'.join(ROLE_WORDS[role] for role in roles)}）")


@user.command("list")
@json_output
@with_office()
def list_(office: Office, as_json: bool) -> None:
    """列出所有人，停用的也在内。"""
    demand_current(office)
    rows = [
        {
            "username": person.username,
            "name": person.name,
            "roles": sorted(roles_of(person)),
            "created_at": local(person.created_at, office.settings.zone),
            "disabled_at": local(person.disabled_at, office.settings.zone) if person.disabled_at else None,
        }
        for person in staff.everyone(office)
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        words = "、".join(ROLE_WORDS[Role(role)] for role in row["roles"] or ())
        click.echo(f"{row['username']}\t{row['name']}\t{words}{'（已停用）' if row['disabled_at'] else ''}")


@user.command("setup-code")
@with_office()
def setup_code(office: Office) -> None:
    """第一次打开网页后台时要的口令；已经有管理员能登录的，不用口令。"""
    demand_current(office)
    if not first_admin.is_wanted(office):
        click.echo("已经有管理员能登录了，不用口令。忘了密码，请另一位管理员在“人员”页给一张新条子。")
        return
    click.echo(f"口令：{first_admin.code(office)}\n请打开 {office.base_url}/console/setup 填写。")


@user.command("two-step-off")
@click.argument("username", metavar="NAME")
@with_office()
def two_step_off(office: Office, username: str) -> None:
    """关掉一个人的两步登录：手机丢了、恢复码也没有了，本人再重新设。"""
    demand_current(office)
    two_step.turn_off(office, username)
    click.echo(f"已关掉：{username} 现在只用密码登录。")


@user.command()
@click.argument("username", metavar="NAME")
@click.option("--cover", required=True, metavar="U", help="谁代为审核")
@click.option("--from", "first", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="从哪天")
@click.option("--to", "last", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="到哪天，算在内")
@with_office()
def away(office: Office, username: str, cover: str, first: datetime, last: datetime) -> None:
    """排代岗：这几天此人不在，由另一人代为审核。"""
    demand_current(office)
    duty_roster.add(office, username, cover=cover, first=first.date(), last=last.date())
    click.echo(f"已排好：{first:%Y-%m-%d} 到 {last:%Y-%m-%d}，{cover} 代 {username}。")


@user.command()
@click.argument("username", metavar="NAME")
@with_office()
def back(office: Office, username: str) -> None:
    """取消代岗：此人回来了。"""
    demand_current(office)
    lines = [line for line in duty_roster.listing(office) if line.username == username]
    for line in lines:
        duty_roster.end(office, line.id)
    click.echo(f"已取消 {len(lines)} 条代岗。")


@user.command()
@click.argument("username", metavar="NAME")
@with_office()
def disable(office: Office, username: str) -> None:
    """停用一个账号；做过的事仍记在其名下。"""
    demand_current(office)
    staff.leave(office, username)
    click.echo(f"已停用：{username}")


@user.command()
@click.argument("username", metavar="NAME")
@with_office()
def restore(office: Office, username: str) -> None:
    """账号在数据库里被人改动过：角色和停用照台账恢复，密码作废。"""
    demand_current(office)
    person = staff.restore(office, username)
    words = "、".join(ROLE_WORDS[role] for role in sorted(roles_of(person))) or "没有角色"
    then = "已停用" if person.disabled_at else "密码已作废，请管理员在“人员”页给一张新条子"
    click.echo(f"已照台账恢复：{person.username}，姓名 {person.name}（{words}），{then}。")


def _role(word: str) -> Role:
    try:
        return Role(word.strip().lower())
    except ValueError:
        raise BadInput(f"没有“{word}”这个角色。可以用的是：{ROLES}。") from None
