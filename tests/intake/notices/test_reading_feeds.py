

@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Wed, 31 Dec 2025 23:30:00 CST", "2025-12-31"),
        ("Wed Dec 31 23:30:00 CST 2025", "2025-12-31"),
        ("Wed Dec 31 17:30:00 UTC 2025", "2026-01-01"),
        ("1767195000000", "2025-12-31"),
        ("1767195000", "2025-12-31"),
        ("星期三, 31 十二月 2025 23:30:00 +0800", "2025-12-31"),
        ("周四, 1 一月 2026 00:30:00 +0800", "2026-01-01"),
        ("Wed, 31 12月 2025 23:30:00 +0800", "2025-12-31"),
        ("Wed, 31 Dec 2025 23:30:00 GMT+0800", "2025-12-31"),
        ("Wed, 31 Dec 2025 23:30:00 GMT+8", "2025-12-31"),
        ("Wednesday, 31 December 2025 23:30:00 +0800", "2025-12-31"),
        ("Wed, 31 Dec 2025 23:30:00", "2025-12-31"),
        ("2025年12月31日 23:30", "2025-12-31"),
        ("2025-12-31T23:30:00.000Z", "2026-01-01"),
        ("31 Smarch 2025", "None"),
    ],
)
def test_days_as_portals_write_them(written: str, day: str) -> None:
    text = f"<rss><channel><item><title>公告</title><link>https://a.cn/1</link><pubDate>{written}</pubDate></item></channel></rss>"
    assert [item["on"] for item in cells(read(text))] == [day]
