"""Envelopes: vectors of other implementations, every way to be refused, and nothing that breaks them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wechat.envelope import Cipher, Envelope, Rejected, Stamp, Undecipherable
from bot.wechat.messages import MAX_DEPTH, BadXml, parse
from tests.bot.platform_side import Side, message, text

OURS = Side(timestamp="1795000000")
ENVELOPE = Envelope(token=OURS.token, aes_key=OURS.aes_key, app_id=OURS.app_id)

TENCENT = Side(
    "spamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx2c2769f8efd9abc2", "1409735669", "1320562132"
)
TENCENT_MSG_SIGNATURE = "5d197aaffba7e9b25a30732f161a50dee96bd5fa"
TENCENT_ENCRYPT = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5G"
    "IItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMe"
    "zR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl"
    "9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)
PAGE = Side("AAAAA", "A" * 43, "wxba5fad812f8e6fb9", "1714112445", "415670741")
PAGE_ENCRYPT = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740X"
    "gXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7m"
    "StwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)


def stamp(query: dict[str, str]) -> Stamp:
    """What the door makes of a query."""
    return Stamp(**{name: query.get(name, "") for name in Stamp.__dataclass_fields__})


def status(query: dict[str, str], body: str | bytes) -> int:
    """The status with which a delivery is refused; 200 if it is not."""
    try:
        ENVELOPE.open(stamp(query), body if isinstance(body, bytes) else body.encode())
    except Rejected as rejected:
        return rejected.status
    return 200


def test_the_address_check_of_the_official_page() -> None:
    envelope = Envelope(token="AAAAA", aes_key="A" * 43, app_id="wx")
    right = Stamp(signature="f464b24fc39322e44b38aa78f5edd27bd1441696", timestamp="1714036504", nonce="1514711492")
    assert envelope.vouches(right)
    assert not envelope.vouches(Stamp(right.signature, right.timestamp, "1514711493"))
    assert not envelope.vouches(Stamp())


def test_the_message_of_tencents_sample_code_is_opened() -> None:
    envelope = Envelope(token=TENCENT.token, aes_key=TENCENT.aes_key, app_id=TENCENT.app_id)
    query = {"timestamp": TENCENT.timestamp, "nonce": TENCENT.nonce, "msg_signature": TENCENT_MSG_SIGNATURE}
    delivery = envelope.open(stamp(query), f"<xml><Encrypt>{TENCENT_ENCRYPT}</Encrypt></xml>".encode())
    assert delivery.encrypted
    assert delivery.message.text("Content") == "abcdteT"
    assert delivery.message.sender == "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
    assert (delivery.message.created, delivery.message.msg_id) == (1409735668, "6054768590064713728")


def test_padding_up_to_thirty_two_bytes_is_right() -> None:
    plain = Cipher(PAGE.aes_key, PAGE.app_id).decrypt(PAGE_ENCRYPT)
    assert b'"Event":"debug_demo"' in plain and len(plain) == 167


def test_what_we_seal_an_independent_implementation_opens() -> None:
    sealed = ENVELOPE.seal("<xml>你好 ]]> 😀</xml>", Stamp(timestamp="1409735669", nonce="77"))
    assert OURS.unseal(sealed) == "<xml>你好 ]]> 😀</xml>"
    assert sealed != ENVELOPE.seal("<xml>你好 ]]> 😀</xml>", Stamp(timestamp="1409735669", nonce="77"))


def test_a_plain_delivery_is_opened_and_stays_plain() -> None:
    delivery = ENVELOPE.open(stamp(OURS.query()), text("你好").encode())
    assert not delivery.encrypted and delivery.message.text("Content") == "你好"


def test_where_encrypt_is_present_only_its_content_counts() -> None:
    encrypted = OURS.encrypt(text("里面的"))
    body = message(f"<MsgType>text</MsgType><Content>外面的</Content><MsgId>1</MsgId><Encrypt>{encrypted}</Encrypt>")
    delivery = ENVELOPE.open(stamp(OURS.query(encrypted) | {"signature": "0" * 40}), body.encode())
    assert delivery.encrypted and delivery.message.text("Content") == "里面的"
    assert status(OURS.query(), body) == 403, "a right `signature` does not vouch for an encrypted message"


def test_a_wrong_signature_is_forbidden() -> None:
    assert status(OURS.query() | {"signature": "0" * 40}, text("x")) == 403
    assert status(OURS.query() | {"signature": "签名"}, text("x")) == 403
    assert status({}, text("x")) == 403
    query, body = OURS.safe(text("x"))
    assert status(query | {"msg_signature": "0" * 40}, body) == 403
    assert status({name: query[name] for name in ("signature", "timestamp", "nonce")}, body) == 403


@pytest.mark.parametrize(
    "body",
    [
        "",
        "hello",
        "<xml>",
        "<xml><a></b></xml>",
        "<xml>&unknown;</xml>",
        "<xml>\x01</xml>",
        "<!DOCTYPE xml><xml/>",
        '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>',
        "<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1),
        "<a>" * 5000 + "</a>" * 5000,
        "<xml>" + "<a/>" * 5000 + "</xml>",
        b"\xff\xfe\x00",
        '<?xml version="1.0" encoding="no-such-code"?><xml/>',
    ],
)
def test_what_is_not_decent_xml_is_refused_plain_and_sealed(body: str | bytes) -> None:
    assert status(OURS.query(), body) == 400
    assert status(*OURS.safe(body)) == 400


def test_what_cannot_be_deciphered_is_refused() -> None:
    plain = b"0123456789abcdef" + (9).to_bytes(4, "big") + b"<xml/>" + OURS.app_id.encode()
    bad = [
        "",
        "%%%%",
        "AAAA",
        OURS.encrypt("<xml/>", app_id="wx0000000000000000"),
        OURS.encrypt("<xml/>", app_id=OURS.app_id + "x"),
        OURS.encrypt_raw(plain + bytes(32 - len(plain) % 32)),
        OURS.encrypt_raw(plain + bytes([32 - len(plain) % 32]) * (32 - len(plain) % 32)),
        OURS.encrypt_raw(b"\x20" * 32),
        OURS.encrypt_raw(b"\x01" * 16),
        OURS.encrypt_raw(b"x" * 16 + b"\xff\xff\xff\xff" + b"\x0c" * 12),
    ]
    for encrypted in bad:
        body = f"<xml><Encrypt>{encrypted}</Encrypt></xml>"
        assert status(OURS.query(encrypted or " ") | {"msg_signature": OURS.sign(encrypted)}, body) == 400, encrypted


def test_said_to_be_encrypted_but_is_not() -> None:
    assert status(OURS.query() | {"encrypt_type": "aes"}, text("x")) == 400


@given(st.binary(max_size=400))
def test_no_bytes_whatever_get_past_or_break_the_envelope(body: bytes) -> None:
    assert status(OURS.query(), body) in {200, 400}
    assert status(OURS.query() | {"signature": ""}, body) == 403
    assert status(*OURS.safe(body)) in {200, 400}


@given(st.binary(max_size=200))
def test_a_cipher_opens_what_it_made_and_nothing_else(data: bytes) -> None:
    cipher = Cipher(OURS.aes_key, OURS.app_id)
    assert cipher.decrypt(cipher.encrypt(data)) == data
    with pytest.raises(Undecipherable):
        cipher.decrypt(OURS.encrypt_raw(data + bytes(-len(data) % 16) + bytes(16)))


names = st.sampled_from(["MsgType", "Event", "Content", "xml", "item", "FromUserName"])
trees = st.recursive(
    st.text(alphabet="a中😀 \n", max_size=5), lambda inner: st.lists(st.tuples(names, inner), max_size=4)
)


def written(tree: object) -> str:
    """A tree as XML."""
    if isinstance(tree, str):
        return tree
    assert isinstance(tree, list)
    return "".join(f"<{name}>{written(inner)}</{name}>" for name, inner in tree)


@given(trees)
def test_any_xml_at_all_is_read(tree: object) -> None:
    try:
        assert isinstance(parse(f"<xml>{written(tree)}</xml>".encode()), dict)
    except BadXml as error:
        assert "deep" in str(error)
    assert status(OURS.query(), f"<xml>{written(tree)}</xml>") in {200, 400}


def slowly(body: bytes) -> object:
    """What expat alone makes of it: a comment before the root keeps the short way out of it."""
    try:
        return parse(b"<!-- -->" + body)
    except BadXml:
        return BadXml


PIECES = st.sampled_from(["<a>", "</a>", "<b>", "</b>", "<![CDATA[", "]]>", "]]", ">", "<", "&lt;", "&#65;", "&", "x", "公租房", "😀",
                          "\r\n", "\n", "\x00", "\x0b", "\ufffe", "<a/>", "<a x='1'>", "<!-- c -->", "<?p?>", " ", "</xml>", "<xml>"])  # fmt: skip


@given(
    st.lists(PIECES, max_size=14),
    st.sampled_from(["<xml>{}</xml>", "<xml><a>{}</a></xml>", "<xml><a><![CDATA[{}]]></a></xml>"]),
)
def test_the_short_way_through_plain_documents_reads_what_expat_reads(pieces: list[str], frame: str) -> None:
    body = frame.replace("{}", "".join(pieces)).encode()
    try:
        found: object = parse(body)
    except BadXml:
        found = BadXml
    assert found == slowly(body)
