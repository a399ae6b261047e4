"""The cipher and signature against the vectors that WeChat and its old samples publish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.emulator.push.cipher import Cipher, CipherError, signature

KEY_A, APP_A = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx2c2769f8efd9abc2"
SEALED_A = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXp"
    "bUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlp"
    "Kn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD"
    "1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)
KEY_B, APP_B = "A" * 43, "wxba5fad812f8e6fb9"
SEALED_B = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR"
    "8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km3"
    "2IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
MESSAGE_B = (
    '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,'
    '"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
)
REPLY_B = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
MESSAGE_C = (
    "<xml><ToUserName><![CDATA[o1]]></ToUserName><FromUserName><![CDATA[gh_1]]></FromUserName>"
    "<CreateTime>1409735669</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好]]></Content></xml>"
)
SEALED_C = (
    "QCTqNwyPmqRu4xuyqVsja+LvDGfa9n/6DEPybVSRm4x5U61a5mFELN/U6wnn36/vrllIVIQfYOFIEVFQHCdhNZzN3OgLE/HH/Sc2Bq2hIIoXnQuc"
    "EqN3nwvVIivvTMqrGlEjiuPzCIs/tyze9OZiiQNV71RoWlAyuzF7CFLmEvxZ+jNBcyFwi9JbNugYqYxOgw9FpeUeG3pyy5ZtTFqEWqbdJQmoXeyK"
    "dC66moW/fJ/G1NywMZrTGY5ZOD4ZRQ8jJqLuuYZTMemL/58bybfV5BYUmQRCyevWohVHn6G0O0dKxTQNqLx6DoXMS29Ig1vWfCzEsBqmfd/+qkVr"
    "fz+8dg=="
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("AAAAA", "1714036504", "1514711492"), "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        (("AAAAA", "1714037059", "486452656"), "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
        (("spamtest", "1409735669", "1320562132"), "16120ec1b8dbb870f510d87ce6bc2463eae6ca1a"),
        (("spamtest", "1409735669", "1320562132", SEALED_A), "5d197aaffba7e9b25a30732f161a50dee96bd5fa"),
        (("AAAAA", "1714112445", "415670741"), "6c5c811b55cc85e0e1b54100749188c20beb3f5d"),
        (("AAAAA", "1714112445", "415670741", SEALED_B), "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"),
        (("AAAAA", "1713424427", "415670741", REPLY_B), "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"),
        (("spamtest", "1409735669", "1320562132", SEALED_C), "8de5e10a427bfd5c240110a1ffac65dee3d0169a"),
    ],
)
def test_signatures_are_those_of_the_published_vectors(parts: tuple[str, ...], expected: str) -> None:
    assert signature(*parts) == expected


def test_the_old_sample_message_is_opened() -> None:
    message = Cipher(KEY_A, APP_A).open(SEALED_A)
    assert len(message.encode()) == 280
    assert "<Content><![CDATA[abcdteT]]></Content>" in message


def test_the_official_message_is_opened_though_its_padding_is_longer_than_a_block() -> None:
    assert Cipher(KEY_B, APP_B).open(SEALED_B) == MESSAGE_B


def test_sealing_with_known_random_bytes_gives_the_known_text() -> None:
    assert Cipher(KEY_B, APP_B).seal('{"demo_resp":"good luck"}', random=b"707722b803182950") == REPLY_B
    assert Cipher(KEY_A, APP_A).seal(MESSAGE_C, random=b"1234567890123456") == SEALED_C


@given(st.text(max_size=200))
def test_what_was_sealed_is_opened_again(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    cipher = Cipher(KEY_A, APP_A)
    assert cipher.open(cipher.seal(text)) == text


def test_another_accounts_message_is_refused() -> None:
    with pytest.raises(CipherError, match="AppID"):
        Cipher(KEY_A, APP_B).open(SEALED_A)


@given(st.binary(max_size=120))
def test_garbage_is_refused_with_one_kind_of_error(data: bytes) -> None:
    with pytest.raises(CipherError):
        Cipher(KEY_A, APP_A).open(data.hex())
