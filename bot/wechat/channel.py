"""Our publishing port, spoken in the platform's API (drafts, freepublish, mass send, material, menu)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.wechat.client import Client, understood
from bot.wechat.errcodes import ALREADY_SENT
from content.rules.errors import Fault, Refused
from content.services.office import Office
from content.services.ports import (
    DraftArticle,
    DraftItem,
    FileBody,
    JobResult,
    JobStatus,
    MassSend,
    PublishedArticle,
    PublishedItem,
    ReadArticle,
    Statistics,
    SubmittedJob,
    Uploaded,
)

# publish_status of freepublish/get (platform page "发布状态轮询接口")
_PUBLISH = {
    0: JobStatus.PUBLISHED,
    1: JobStatus.PENDING,
    2: JobStatus.REFUSED,
    3: JobStatus.REFUSED,
    4: JobStatus.REFUSED,
    5: JobStatus.REMOVED,
    6: JobStatus.REMOVED,
}
# msg_status of message/mass/get (platform page "查询群发消息发送状态")
_MASS = {
    "SEND_SUCCESS": JobStatus.PUBLISHED,
    "SENDING": JobStatus.PENDING,
    "SEND_FAIL": JobStatus.REFUSED,
    "DELETE": JobStatus.REMOVED,
}


@understood
class WeChatChannel:
    """content.services.ports.Channel for one official account."""

    def __init__(self, office: Office) -> None:
        self.client = Client(office)

    def upload_cover(self, file: FileBody) -> Uploaded:
        """material/add_material, type image: a permanent media_id."""
        answer = self.client.call(lambda line: line.material.add("image", _multipart(file)))
        return Uploaded(str(answer["media_id"]), str(answer.get("url", "")))

    def upload_image(self, file: FileBody) -> str:
        """media/uploadimg: an address for article bodies."""
        return str(self.client.call(lambda line: line.media.upload_image(_multipart(file))))

    def add_draft(self, articles: Sequence[DraftArticle]) -> str:
        """draft/add; wechatpy's own draft.add would drop fields that it does not know."""
        body = {"articles": [_draft(article) for article in articles]}
        return str(self.client.call(lambda line: line.post("draft/add", data=body))["media_id"])

    def submit(self, media_id: str) -> SubmittedJob:
        """freepublish/submit."""
        answer = self.client.call(lambda line: line.freepublish.submit(media_id))
        return SubmittedJob(str(answer["publish_id"]), str(answer.get("msg_data_id", "")))

    def result(self, publish_id: str) -> JobResult:
        """freepublish/get."""
        answer = self.client.call(lambda line: line.freepublish.get(publish_id))
        status = int(answer["publish_status"])
        detail = answer.get("article_detail") or {}
        return JobResult(
            status=_PUBLISH.get(status, JobStatus.PENDING),
            platform_status=status,
            article_id=str(answer.get("article_id", "")),
            urls={int(item["idx"]): str(item["article_url"]) for item in detail.get("item") or []},
            failed=tuple(answer.get("fail_idx") or ()),
        )

    def mass_send(self, media_id: str, client_msg_id: str) -> MassSend:
        """message/mass/sendall to everybody; a known clientmsgid answers 45065 with the earlier msg_id."""
        body = {
            "filter": {"is_to_all": True},
            "mpnews": {"media_id": media_id},
            "msgtype": "mpnews",
            "send_ignore_reprint": 0,
            "clientmsgid": client_msg_id,
        }
        try:
            answer = self.client.call(lambda line: line.post("message/mass/sendall", data=body))
        except Refused as refusal:
            if refusal.code != ALREADY_SENT or "msg_id" not in refusal.answer:
                raise
            return MassSend(str(refusal.answer["msg_id"]), "", repeated=True)
        return MassSend(str(answer["msg_id"]), str(answer.get("msg_data_id", "")))

    def mass_result(self, msg_id: str) -> JobResult:
        """message/mass/get."""
        answer = self.client.call(lambda line: line.post("message/mass/get", data={"msg_id": msg_id}))
        status = str(answer.get("msg_status", "")).upper().replace(" ", "_")
        return JobResult(status=_MASS.get(status, JobStatus.PENDING), platform_status=-1)

    def published(self, offset: int, count: int) -> list[PublishedItem]:
        """freepublish/batchget without contents."""
        answer = self.client.call(lambda line: line.freepublish.batchget(offset, count, 1))
        return [_published(item) for item in answer.get("item") or []]

    def article(self, article_id: str) -> tuple[PublishedArticle, ...]:
        """freepublish/getarticle; 53600 says that there is none."""
        try:
            answer = self.client.call(lambda line: line.post("freepublish/getarticle", data={"article_id": article_id}))
        except Refused as refusal:
            if refusal.fault is Fault.GONE:
                return ()
            raise
        return _articles(answer)

    def statistics(self, day: date) -> Statistics:
        """datacube/getarticletotaldetail; one day a call. wechatpy knows only its retired forerunners."""
        url = f"{self.client.line.base_url}/datacube/getarticletotaldetail"
        body = {"begin_date": day.isoformat(), "end_date": day.isoformat()}
        answer = self.client.call(lambda line: line.post(url, data=body))
        articles = tuple(_read(row) for row in answer.get("list") or [])
        return Statistics(articles, delayed=bool(answer.get("is_delay")))

    def draft_exists(self, media_id: str) -> bool:
        """draft/get; 40007 says that it is gone."""
        try:
            self.client.call(lambda line: line.draft.get(media_id))
        except Refused as refusal:
            if refusal.fault is Fault.GONE:
                return False
            raise
        return True

    def drafts(self, offset: int, count: int) -> list[DraftItem]:
        """draft/batchget without contents."""
        body = {"offset": offset, "count": count, "no_content": 1}
        answer = self.client.call(lambda line: line.post("draft/batchget", data=body))
        return [_draft_item(item) for item in answer.get("item") or []]

    def delete_draft(self, media_id: str) -> None:
        """draft/delete; a draft that is gone already is as good."""
        self._unless_gone(lambda line: line.draft.delete(media_id))

    def delete_published(self, article_id: str, position: int) -> None:
        """freepublish/delete of one article; one that is gone already is as good."""
        self._unless_gone(lambda line: line.freepublish.delete(article_id, position))

    def delete_pushed(self, msg_id: str, position: int, url: str) -> None:
        """message/mass/delete of one article; one that is gone already is as good."""
        body = {"msg_id": int(msg_id), "article_idx": position} if msg_id else {"url": url}
        self._unless_gone(lambda line: line.post("message/mass/delete", data=body))

    def tell(self, openid: str, text: str) -> None:
        """message/custom/send."""
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        self.client.call(lambda line: line.post("message/custom/send", data=body))

    def notify(self, openid: str, template: str, *, page: str, data: Mapping[str, Mapping[str, str]]) -> str:
        """message/subscribe/bizsend."""
        body = {"touser": openid, "template_id": template, "page": page, "data": data}
        answer = self.client.call(lambda line: line.post("message/subscribe/bizsend", data=body))
        return str(answer.get("msgid", ""))

    def push_menu(self, buttons: list[dict[str, object]]) -> None:
        """menu/create."""
        self.client.call(lambda line: line.menu.create({"button": buttons}))

    def _unless_gone(self, act: Any) -> None:
        try:
            self.client.call(act)
        except Refused as refusal:
            if refusal.fault is not Fault.GONE:
                raise


def _multipart(file: FileBody) -> tuple[str, bytes, str]:
    return file.name, file.data, file.kind


def _draft(article: DraftArticle) -> dict[str, object]:
    return {
        "article_type": "news",
        "title": article.title,
        "author": article.author,
        "digest": article.digest,
        "content": article.html,
        "content_source_url": article.source_url,
        "thumb_media_id": article.cover_media_id,
        "need_open_comment": 0,
        "only_fans_can_comment": 0,
        **_crops(article.cover_square),
    }


def _crops(square: tuple[float, float] | None) -> dict[str, object]:
    """The parts of the cover that lists show; without them the platform takes the middle."""
    if square is None:
        return {}
    left, right = square
    return {"pic_crop_235_1": "0_0_1_1", "pic_crop_1_1": f"{left:g}_0_{right:g}_1"}


def _published(item: dict[str, Any]) -> PublishedItem:
    return PublishedItem(str(item["article_id"]), _instant(item["update_time"]), _articles(item.get("content") or {}))


def _articles(content: dict[str, Any]) -> tuple[PublishedArticle, ...]:
    return tuple(
        PublishedArticle(
            position=position,
            title=str(entry.get("title", "")),
            url=str(entry.get("url", "")),
            source_url=str(entry.get("content_source_url", "")),
            deleted=bool(entry.get("is_deleted")),
        )
        for position, entry in enumerate(content.get("news_item") or [], start=1)
    )


def _read(row: dict[str, Any]) -> ReadArticle:
    msg_data_id, _, index = str(row["msgid"]).rpartition("_")
    return ReadArticle(
        msg_data_id=msg_data_id,
        position=int(index),
        title=str(row.get("title", "")),
        url=str(row.get("content_url", "")),
        pushed=int(row.get("publish_type", 0)) == 0,
    )


def _draft_item(item: dict[str, Any]) -> DraftItem:
    news = (item.get("content") or {}).get("news_item") or []
    return DraftItem(
        media_id=str(item["media_id"]),
        at=_instant(item["update_time"]),
        titles=tuple(str(entry.get("title", "")) for entry in news),
        source_urls=tuple(str(entry.get("content_source_url", "")) for entry in news),
    )


def _instant(seconds: int | str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
