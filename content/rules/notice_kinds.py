"""The kinds of notices that citizens can find, and their words; portal items are counted only."""

from __future__ import annotations

FOUND = ("disclosure", "posting")
TITLES = {
    "disclosure": "信息公开",
    "posting": "招聘信息",
    "article": "公众号文章",
}  # as the office heads a list of them
CALLED = {"disclosure": "公开 通知 公告", "posting": "招聘 岗位 职位 工作"}  # what citizens call the kind itself
SHORT = {"disclosure": "公开", "posting": "招聘", "article": "文章"}  # the word before a title in a mixed list
# Why a notice was withdrawn where no person said it; what a person took down does not come back with an unchanged row.
MISSING = "完整清单里已没有这一条"
IMPORT_UNDONE = "撤销了把它带进来的那次导入"
