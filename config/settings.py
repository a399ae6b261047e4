"""The only reader of the environment: one frozen, typed object; every fault listed at once.

A value comes from the environment, else from `.env` in the working directory, else from its default.
Secrets may also come from a file named by `NAME_FILE`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "GONGKAI_"
WORDS = {
    "int_parsing": "要是整数",
    "int_type": "要是整数",
    "float_parsing": "要是数字",
    "bool_parsing": "要是 true 或 false",
    "literal_error": "只能是 {expected}",
}
BASES = ("public_url", "wechat_api_url")  # addresses that paths are added to; the others stay as they are
WECHAT_CREDENTIALS = ("wechat_app_id", "wechat_app_secret", "wechat_token", "wechat_aes_key")


class SettingsError(Exception):
    """One or more settings are wrong; `faults` holds one readable line for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _setting(default: Any, example: str, help: str, *, internal: bool = False) -> Any:
    return Field(default=default, description=help, examples=[example], json_schema_extra={"internal": internal})


class Settings(BaseSettings):
    """Every setting of the product; `docs/settings.md` is held equal to this class by a test."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", frozen=True
    )

    home: Path = _setting(Path("./var"), "/srv/gongkai", "目录：程序写下的一切（数据库、Redis、索引、上传文件）")
    bind: str = _setting("127.0.0.1:8000", "127.0.0.1:8000", "网站进程监听的地址")
    public_url: str = _setting("", "https://gk.example.gov.cn", "群众打开的链接所用的网址；空则为 http://<bind>")
    database_url: str = _setting("", "postgresql+psycopg://u:p@host/db", "数据库地址；空则为 HOME 下的 SQLite")
    redis_url: str = _setting("", "redis://127.0.0.1:6379/0", "Redis 地址；空则自带一个")
    wechat_api_url: str = _setting("https://api.weixin.qq.com", "https://api.weixin.qq.com", "微信接口的地址")
    wechat_app_id: str = _setting("", "wx2c2769f8efd9abc2", "公众平台上的 AppID")
    wechat_app_secret: str = _setting("", "0123456789abcdef0123456789abcdef", "公众平台上的 AppSecret")
    wechat_token: str = _setting("", "gongkai2026", "服务器配置里的 Token，3 至 32 个字母或数字")
    wechat_aes_key: str = _setting("", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "消息加解密密钥，43 个字符")
    wechat_account: Literal["subscription", "service"] = _setting("subscription", "subscription", "账号类别")
    wechat_delivery: Literal["publish", "mass", "draft"] = _setting("publish", "publish", "默认的发布方式")
    wechat_accept: Literal["any", "safe"] = _setting("any", "safe", "接受哪些推送：any 明文和加密都收，safe 只收加密的")
    wechat_window: int = _setting(600, "600", "推送网址里的时间与本机最多相差的秒数，超过的不收")
    settle_after: int = _setting(600, "600", "无回音的调用多少秒之内还可能在平台上生效")
    submit_gap: float = _setting(2.0, "2", "两次提交之间至少间隔的秒数")
    portal_feed: str = _setting("", "https://www.example.gov.cn/rss.xml", "门户网站的订阅源或列表页")
    alarm_url: str = _setting("", "https://hooks.example.gov.cn/alarm", "告警推送到的网址")
    timezone: str = _setting("Asia/Shanghai", "Asia/Shanghai", "一切给人看的日期所用的时区")
    emulator_bind: str = _setting("127.0.0.1:8001", "127.0.0.1:8001", "微信模拟器监听的地址")
    posting_days: int = _setting(0, "60", "招聘信息没有截止日期时，发布多少天后过期；0 为不过期")
    chief_may_pass_twice: bool = _setting(False, "false", "不足四人的单位：终审人可兼复审")
    emergency_publishing: bool = _setting(False, "false", "应急发布：终审和另一人通过就发，缺的一审 24 小时内补")
    mark_articles: bool = _setting(True, "true", "用“阅读原文”里的地址辨认自己的文章")
    notice_template: str = _setting("", "Abc1_De2fGhI3jKlM4nOpQ5rStU6vWxY7z", "订阅通知的模板编号；空则只随答复告知")
    notice_fields: str = _setting(
        "thing1=标题,thing2=订阅,time3=日期",
        "thing1=标题,time2=日期",
        "订阅通知模板的字段各填什么：标题、订阅、单位、日期",
    )
    test_clock: str = _setting("", "/tmp/clock", "仅供测试：存放当前时刻的文件", internal=True)

    @field_validator("bind", "emulator_bind")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError("要写成 主机:端口")
        return value

    @field_validator("public_url", "wechat_api_url", "portal_feed", "alarm_url")
    @classmethod
    def _web_address(cls, value: str, info: ValidationInfo) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("要以 http:// 或 https:// 开头")
        return value.rstrip("/") if info.field_name in BASES else value

    @field_validator("redis_url")
    @classmethod
    def _redis_address(cls, value: str) -> str:
        schemes = ("redis://", "rediss://", "unix://", "sentinel://", "redis+sentinel://")
        if value and not value.startswith(schemes):
            raise ValueError("要以 redis://、rediss://、unix:// 或 sentinel:// 开头")
        return value

    @field_validator("wechat_aes_key")
    @classmethod
    def _aes_key(cls, value: str) -> str:
        if value and (len(value) != 43 or not value.isalnum() or not value.isascii()):
            raise ValueError("要恰好 43 个字母或数字（公众平台“基本配置”里的 EncodingAESKey）")
        return value

    @field_validator("notice_fields")
    @classmethod
    def _template_fields(cls, value: str) -> str:
        for part in value.replace("，", ",").split(","):
            if not re.fullmatch(r"\s*[a-z_]+[0-9]*=(?:标题|订阅|单位|日期)\s*", part):
                raise ValueError("要写成 字段=内容，用逗号隔开；内容只能是标题、订阅、单位、日期")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("不是已知的时区") from error
        return value

    @field_validator("wechat_window", "settle_after", "submit_gap", "posting_days")
    @classmethod
    def _not_negative(cls, value: float) -> float:
        if value < 0:
            raise ValueError("不能小于 0")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def base_url(self) -> str:
        """The address that citizens' links carry, without a trailing slash."""
        return self.public_url or f"http://{self.bind}"

    @property
    def sql_url(self) -> str:
        """The SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'gongkai.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then `NAME_FILE` secrets, then `.env`; nothing else."""
        return env_settings, SecretFiles(settings_cls), dotenv_settings


class SettingsForWeChat(Settings):
    """The settings of a process that speaks with the platform: the credentials must be there."""

    model_config = SettingsConfigDict(validate_default=True)

    @field_validator(*WECHAT_CREDENTIALS)
    @classmethod
    def _filled_in(cls, value: str) -> str:
        if not value:
            raise ValueError("没有填写")
        return value


class SecretFiles(PydanticBaseSettingsSource):
    """Reads a setting from the file that the environment's `NAME_FILE` names."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        """The text of the named file without blanks around it, or None."""
        path = secret_file(field_name)
        return (Path(path).read_text(encoding="utf-8").strip() if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        """All settings that come from files that can be read; `load` tells of the others."""
        readable = [name for name in self.settings_cls.model_fields if not _unreadable(name)]
        found = {name: self.get_field_value(None, name)[0] for name in readable}
        return {name: value for name, value in found.items() if value is not None}


def load(*, wechat: bool = False) -> Settings:
    """The settings of this process.

    `wechat=True` also demands what is needed to speak with the platform. Raises SettingsError with every fault.
    """
    faults = {name: fault for name in Settings.model_fields if (fault := _unreadable(name))}
    try:
        settings = SettingsForWeChat() if wechat else Settings()
    except ValidationError as error:
        wrong = {str(part["loc"][0]): _fault(part) for part in error.errors()}
        raise SettingsError(list((wrong | faults).values())) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError([*faults.values(), f".env：这个文件读不出，请存成 UTF-8 编码（{error}）"]) from error
    if faults:
        raise SettingsError(list(faults.values()))
    return settings


def secret_file(name: str) -> str:
    """The file that holds a setting, as the environment's `NAME_FILE` says; empty for none."""
    return os.environ.get(f"{variable(name)}_FILE", "")


def variable(name: str) -> str:
    """The environment variable of a setting: `home` → `GONGKAI_HOME`."""
    return PREFIX + name.upper()


def example(name: str) -> str:
    """A value that would be right."""
    return str((Settings.model_fields[name].examples or [""])[0])


def _unreadable(name: str) -> str | None:
    path = secret_file(name)
    try:
        if path:
            Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return f"{variable(name)}_FILE：这个文件读不出（现在是 {path!r}）。例如：/run/secrets/{name}"
    return None


def _fault(part: Any) -> str:
    name = str(part["loc"][0])
    words = WORDS.get(part["type"], "").format(**part.get("ctx", {})).replace(" or ", " 或 ")
    reason = words or str(part["msg"]).removeprefix("Value error, ")
    given = f"（现在是 {_masked(part['input'])}）" if part["input"] and name not in WECHAT_CREDENTIALS else ""
    return f"{variable(name)}：{reason}{given}。例如：{example(name)}"


def _masked(value: object) -> str:
    """The value as it was given, without the name and password that an address may hold."""
    return re.sub(r"//[^/\s]*@", "//***@", repr(value))
