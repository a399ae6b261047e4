"""Access tokens and the gate before every call."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.bot.emulator.account_side import APP_ID, SECRET, Wechat

GRANT = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}


def old_token(wechat: Wechat, **changes: str) -> Any:
    return requests.get(f"{wechat.url}/cgi-bin/token", params={**GRANT, **changes}, timeout=5).json()


def count(wechat: Wechat, token: str) -> Any:
    return requests.get(f"{wechat.url}/cgi-bin/draft/count", params={"access_token": token}, timeout=5).json()


def test_each_call_of_token_kills_the_last_one(wechat: Wechat) -> None:
    first = old_token(wechat)
    assert first["expires_in"] == 7200
    assert "errcode" not in first
    assert count(wechat, first["access_token"]) == {"total_count": 0}
    second = old_token(wechat)
    assert count(wechat, first["access_token"])["errcode"] == 40001
    assert count(wechat, second["access_token"]) == {"total_count": 0}


def test_the_dead_token_may_be_given_a_grace(wechat: Wechat) -> None:
    wechat.door.act("options", token_grace=300)
    first = old_token(wechat)["access_token"]
    old_token(wechat)
    assert count(wechat, first) == {"total_count": 0}
    wechat.door.act("time", offset=301)
    assert count(wechat, first)["errcode"] == 40001


def test_the_stable_token_stays_the_same_and_does_not_mind_the_other_kind(wechat: Wechat) -> None:
    first = wechat.raw("stable_token", GRANT)
    old_token(wechat)
    again = wechat.raw("stable_token", GRANT)
    assert again["access_token"] == first["access_token"]
    assert 7190 <= again["expires_in"] <= 7200
    assert count(wechat, first["access_token"]) == {"total_count": 0}


def test_the_stable_token_is_renewed_five_minutes_before_its_end_and_the_former_holds_to_its_end(
    wechat: Wechat,
) -> None:
    first = wechat.raw("stable_token", GRANT)["access_token"]
    wechat.door.act("time", offset=6905)
    second = wechat.raw("stable_token", GRANT)
    assert second["access_token"] != first
    assert second["expires_in"] == 7200
    assert count(wechat, first) == {"total_count": 0}
    wechat.door.act("time", offset=7205)
    assert count(wechat, first)["errcode"] == 40001
    assert count(wechat, second["access_token"]) == {"total_count": 0}


def test_a_token_that_ran_out_says_so(wechat: Wechat) -> None:
    token = wechat.token()
    wechat.door.act("time", offset=7201)
    assert count(wechat, token)["errcode"] == 42001


def test_a_forced_token_kills_the_last_one_and_may_not_be_forced_again_within_thirty_seconds(wechat: Wechat) -> None:
    first = wechat.token()
    forced = wechat.raw("stable_token", {**GRANT, "force_refresh": True})
    assert forced["access_token"] != first
    assert count(wechat, first)["errcode"] == 40001
    assert wechat.raw("stable_token", {**GRANT, "force_refresh": True})["errcode"] == 45011
    wechat.door.act("time", offset=31)
    assert wechat.raw("stable_token", {**GRANT, "force_refresh": True})["expires_in"] == 7200


def test_twenty_forced_tokens_a_day_are_enough(wechat: Wechat) -> None:
    for turn in range(20):
        wechat.door.act("time", now="2026-03-02T10:00:00", hold=True)
        wechat.door.act("time", now=f"2026-03-02T10:{turn:02}:31", hold=True)
        assert "access_token" in wechat.raw("stable_token", {**GRANT, "force_refresh": True})
    wechat.door.act("time", now="2026-03-02T12:00:00", hold=True)
    assert wechat.raw("stable_token", {**GRANT, "force_refresh": True})["errcode"] == 45009
    wechat.door.act("time", now="2026-03-03T00:00:01", hold=True)
    assert "access_token" in wechat.raw("stable_token", {**GRANT, "force_refresh": True})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grant_type": "password"}, 40002),
        ({"appid": ""}, 41002),
        ({"appid": "wx0"}, 40013),
        ({"secret": ""}, 41004),
        ({"secret": "wrong"}, 40125),
    ],
)
def test_wrong_credentials_are_told_apart(wechat: Wechat, changes: dict[str, str], code: int) -> None:
    assert old_token(wechat, **changes)["errcode"] == code
    assert wechat.raw("stable_token", {**GRANT, **changes})["errcode"] == code


def test_every_refusal_carries_a_rid(wechat: Wechat) -> None:
    refused = count(wechat, "")
    assert refused["errcode"] == 41001
    assert " rid: " in refused["errmsg"]


def test_the_wrong_method_is_refused(wechat: Wechat) -> None:
    assert wechat.get("draft/add")["errcode"] == 43002
    assert wechat.post("draft/count", {})["errcode"] == 43001


def test_an_address_outside_the_whitelist_is_named(wechat: Wechat) -> None:
    wechat.door.act("options", ip_whitelist=["10.1.1.1"])
    refused = old_token(wechat)
    assert refused["errcode"] == 40164
    assert refused["errmsg"].startswith("invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist rid: ")
    wechat.door.act("options", ip_whitelist=["10.1.1.1", "127.0.0.1"])
    assert old_token(wechat)["expires_in"] == 7200


def test_a_missing_right_is_48001(wechat: Wechat) -> None:
    wechat.door.act("options", rights={"freepublish": False})
    assert wechat.post("freepublish/batchget", {"offset": 0, "count": 1})["errcode"] == 48001
    assert wechat.get("draft/count") == {"total_count": 0}


def test_quotas_are_counted_by_the_emulators_day_and_can_be_asked_for(wechat: Wechat) -> None:
    wechat.door.act("time", now="2026-05-01T23:00:00", hold=True)
    wechat.door.act("options", quotas={"/cgi-bin/freepublish/batchget": 2})
    page = {"offset": 0, "count": 1}
    wechat.post("freepublish/batchget", page)
    wechat.post("freepublish/batchget", page)
    assert wechat.post("freepublish/batchget", page)["errcode"] == 45009
    asked = wechat.post("openapi/quota/get", {"cgi_path": "/cgi-bin/freepublish/batchget"})
    assert asked["quota"] == {"daily_limit": 2, "used": 2, "remain": 0}
    wechat.door.act("time", now="2026-05-02T00:00:00", hold=True)
    assert wechat.post("freepublish/batchget", page)["total_count"] == 0


def test_calls_can_be_given_back_ten_times_a_month(wechat: Wechat) -> None:
    wechat.door.act("options", quotas={"/cgi-bin/draft/count": 1})
    for _ in range(10):
        assert wechat.get("draft/count") == {"total_count": 0}
        assert wechat.get("draft/count")["errcode"] == 45009
        assert wechat.post("clear_quota", {"appid": APP_ID})["errcode"] == 0
    assert wechat.post("clear_quota", {"appid": APP_ID})["errcode"] == 48006


def test_the_daily_numbers_of_publishing_are_the_documented_hundred(wechat: Wechat) -> None:
    for name in ("submit", "get", "batchget"):
        asked = wechat.post("openapi/quota/get", {"cgi_path": f"/cgi-bin/freepublish/{name}"})
        assert asked["quota"]["daily_limit"] == 100


def test_an_unverified_account_keeps_drafts_but_may_not_publish_push_or_set_a_menu(wechat: Wechat) -> None:
    wechat.door.act("options", verified=False)
    assert "media_id" in wechat.post("draft/add", {"articles": [wechat.article()]})
    for path in ("freepublish/submit", "message/mass/sendall", "menu/create", "message/custom/send"):
        assert wechat.post(path, {})["errcode"] == 48001


def test_a_call_that_breaks_the_emulator_itself_is_busy_to_the_caller(wechat: Wechat) -> None:
    wechat.door.act("options", quotas={"/cgi-bin/draft/count": "many"})
    assert wechat.get("draft/count")["errcode"] == -1


def test_another_site_in_the_same_browser_may_not_press_buttons(wechat: Wechat) -> None:
    stranger = {"Origin": "http://evil.example"}
    assert requests.post(f"{wechat.url}/_/reset", headers=stranger, timeout=5).status_code == 403
    assert requests.post(f"{wechat.url}/phone/follow", headers=stranger, timeout=5).status_code == 403
    assert requests.post(f"{wechat.url}/_/reset", headers={"Origin": wechat.url}, timeout=5).status_code == 200
