"""Alarms: their kinds, and the words people read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class AlarmKind(StrEnum):
    """What an alarm is about."""

    GAP = "gap"  # a day without a post
    TWO_WEEKS = "two_weeks"
    OVERDUE = "overdue"  # due, and not out: the retries are used up
    UNKNOWN = "unknown"  # only a person can find out whether it is out
    WAITING = "waiting"  # a person must press on the platform
    REFUSED = "refused"  # the platform will not have it
    UNAPPROVED = "unapproved"  # the ledger does not hold that three people passed what was to go out
    OWED_REVIEW = "owed_review"  # published in an emergency with two passes; the third is owed
    NO_REVIEWER = "no_reviewer"  # in the reviews, and there are not people enough for all three
    CORRECTION = "correction"  # somebody asks for what is out to be put right or taken down
    NO_RIGHT = "no_right"  # the account may not do it by API
    PLATFORM = "platform"  # a person must set something right on the platform
    DIFFERENCE = "difference"  # our list and the platform's disagree, and nobody has signed why
    JOB_FAILED = "job_failed"
    LEDGER_BROKEN = "ledger_broken"
    APPLICATION = "application"  # an application for disclosure whose term ends, or that waits for a person
    CATALOGUE = "catalogue"  # information that must be disclosed by a day
    UNDATED = "undated"  # an item of the portal without a day: it is not counted
    MACHINE = "machine"  # disk, database or Redis fail
    PASSWORD = "password"  # an administrator had the password of somebody who may review replaced
    REVIEWERS = "reviewers"  # an administrator gave people roles that review
    ACCOUNT = "account"  # the row of somebody who works here is not what the program wrote
    CLOCK = "clock"  # the platform's time and this machine's differ too much: deliveries are refused


KIND_WORDS = {
    AlarmKind.GAP: "缺稿",
    AlarmKind.TWO_WEEKS: "两周未更新",
    AlarmKind.OVERDUE: "到时没有发出",
    AlarmKind.UNKNOWN: "待核实",
    AlarmKind.WAITING: "等人在公众平台上操作",
    AlarmKind.REFUSED: "平台未通过",
    AlarmKind.UNAPPROVED: "没有经过三审",
    AlarmKind.OWED_REVIEW: "应急发布，待补审",
    AlarmKind.NO_REVIEWER: "没有人能审",
    AlarmKind.CORRECTION: "请求更正、撤下",
    AlarmKind.NO_RIGHT: "账号没有接口权限",
    AlarmKind.PLATFORM: "公众平台上有事要人处理",
    AlarmKind.DIFFERENCE: "与微信对不上",
    AlarmKind.JOB_FAILED: "例行工作没有做成",
    AlarmKind.LEDGER_BROKEN: "台账对不上",
    AlarmKind.APPLICATION: "信息公开申请",
    AlarmKind.CATALOGUE: "该公开的信息",
    AlarmKind.UNDATED: "门户条目没有日期",
    AlarmKind.MACHINE: "机器出了问题",
    AlarmKind.PASSWORD: "审核人的密码换过",
    AlarmKind.REVIEWERS: "新添了能审稿的人",
    AlarmKind.ACCOUNT: "账号被人改动",
    AlarmKind.CLOCK: "本机时间不对",
}

# Why an alarm ended by itself. A person's closing carries her name, so it is never one of these.
OVER = {
    AlarmKind.GAP: "这一天有稿件了。",
    AlarmKind.TWO_WEEKS: "有了新的文章，或者又过了一天。",
    AlarmKind.OVERDUE: "已经有了结果。",
    AlarmKind.UNKNOWN: "已经核实。",
    AlarmKind.WAITING: "已经有了结果。",
    AlarmKind.REFUSED: "已经改过，或者撤下了。",
    AlarmKind.UNAPPROVED: "已经改过、重新送审，或者撤下了。",
    AlarmKind.OWED_REVIEW: "已经补审，或者退回、撤下了。",
    AlarmKind.NO_REVIEWER: "有人能审了，或者退回、撤下了。",
    AlarmKind.CORRECTION: "文章已经撤下。",
    AlarmKind.NO_RIGHT: "没有稿件再为此等着了。",
    AlarmKind.PLATFORM: "没有稿件再为此等着了。",
    AlarmKind.DIFFERENCE: "已经签认。",
    AlarmKind.JOB_FAILED: "后来做成了。",
    AlarmKind.LEDGER_BROKEN: "再查时对得上了。",
    AlarmKind.APPLICATION: "已经办理，或者情况有变。",
    AlarmKind.CATALOGUE: "已经公开，或者情况有变。",
    AlarmKind.UNDATED: "日期补上了，或者撤下了。",
    AlarmKind.MACHINE: "已经恢复正常。",
    AlarmKind.PASSWORD: "过去一周了。",
    AlarmKind.REVIEWERS: "过去一周了，或者又添了人。",
    AlarmKind.ACCOUNT: "已经照台账恢复。",
    AlarmKind.CLOCK: "推送的时间对得上了。",
}
REPLACED = "情况有变，见后一条。"
DAY_PASSED = "这一天过去了，没有发布文章。"


def chinese(day: date) -> str:
    """11月22日."""
    return f"{day.month}月{day.day}日"
