"""Takes away what tells who applied for disclosure, once its time is over."""

from __future__ import annotations

from content.services.applications import data_erasure
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """Erases what is due; says how many applications that were."""
    erased = data_erasure.erase_old(context.office)
    return f"删除了 {erased} 件申请里的个人信息" if erased else ""
