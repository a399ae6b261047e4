"""What went wrong with the machine, told apart from faults of ours: in words for a person, with what to do.

sqlite.org/rescode.html; postgresql.org, appendix "Error Codes"; redis.io, error replies.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator

from redis.exceptions import ConnectionError, OutOfMemoryError, ReadOnlyError, RedisError, TimeoutError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from content.store.session import Hanging

FULL = "磁盘满了，没有做成；已经保存的内容不受影响。请腾出空间再试（df -h 可以看到）。"
READ_ONLY = "磁盘或数据库现在只能读，不能写，没有做成；已经保存的内容不受影响。请检查磁盘（dmesg）和文件的权限。"
NO_PERMISSION = "没有权限读写 {path}，没有做成。请检查它的所有者和权限。"
DAMAGED = (
    "数据库文件已经损坏。请停下程序，不要再改动它，从备份恢复（gongkai restore），再用 gongkai ledger verify 核对。"
)
BROKEN_DISK = "读写磁盘时出错，没有做成。请检查磁盘（dmesg），必要时换盘后从备份恢复。"
AWAY = "数据库现在没有回应，没有做成。请过一会儿再试；一直这样就检查它是否在运行。"
REDIS_FULL = "Redis 的内存满了，没有做成。请加大它的 maxmemory，或者清理别的程序放进去的内容。"
REDIS_READ_ONLY = "Redis 现在不能写（磁盘满了，或者是只读副本），没有做成。请检查 Redis 的日志。"
REDIS_AWAY = "Redis 现在没有回应，没有做成。请过一会儿再试；一直这样就检查它是否在运行。"

_SYSTEM = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EIO: BROKEN_DISK}
_SQLITE = {5: AWAY, 6: AWAY, 8: READ_ONLY, 10: BROKEN_DISK, 11: DAMAGED, 13: FULL, 14: AWAY, 26: DAMAGED}
_POSTGRESQL = {"53100": FULL, "25006": READ_ONLY, "XX001": DAMAGED, "XX002": DAMAGED}


def words(error: BaseException) -> str:
    """What a person should know and do; empty if it is nothing of the machine's."""
    return next((said for each in _chain(error) if (said := _words(each))), "")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _words(error: BaseException) -> str:
    if isinstance(error, PermissionError):
        return NO_PERMISSION.format(path=error.filename or "文件")
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0, "")
    if isinstance(error, RedisError):
        return _of_redis(error)
    if isinstance(error, Hanging | PoolTimeout):
        return AWAY
    return _of_the_database(error) if isinstance(error, SQLAlchemyError) else ""


def _of_the_database(error: SQLAlchemyError) -> str:
    if not isinstance(error, DBAPIError):
        return ""
    code, state = getattr(error.orig, "sqlite_errorcode", None), getattr(error.orig, "sqlstate", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF, "")
    if state is not None:
        return _POSTGRESQL.get(str(state), AWAY if str(state).startswith(("08", "57", "53")) else "")
    return AWAY if error.connection_invalidated or type(error.orig).__name__ == "OperationalError" else ""


def _of_redis(error: RedisError) -> str:
    if isinstance(error, OutOfMemoryError) or str(error).startswith("OOM"):
        return REDIS_FULL
    if isinstance(error, ReadOnlyError) or str(error).startswith("MISCONF"):
        return REDIS_READ_ONLY
    return REDIS_AWAY if isinstance(error, ConnectionError | TimeoutError) else ""
