"""A small museum on an island, in two languages, for whoever looks something up in it."""

from __future__ import annotations

from collections.abc import Sequence

from guide.assistant.passages import Passage
from guide.tours.sentences import sentences

VI = {
    "nha-tu": (
        "Nhà tù trên đảo",
        """Nhà tù do Thống đốc Bonard lập năm 1862. Năm mươi người tù đầu tiên ra đảo vào tháng 3 năm ấy.

Trại rộng 12.000 m², chia thành hai mươi phòng giam. Tường dày một mét vì đá lấy ngay trên núi.""",
    ),
    "mieu": (
        "Miếu bà Phi Yến",
        "Ngôi miếu thờ bà Phi Yến. Dân làng An Hải dựng miếu năm 1785. Mỗi năm cả đảo làm giỗ bà vào tháng mười.",
    ),
    "den-bien": (
        "Ngọn hải đăng",
        "Hải đăng cao 16 m, xây năm 1884 trên đỉnh Hòn Bảy Cạnh. Người gác đèn đầu tiên là ông Lê Văn Son.",
    ),
    "bao-tang": (
        "Bảo tàng",
        "Bảo tàng giữ 2.000 hiện vật và hình ảnh. Phòng lớn nhất kể chuyện những con tàu đắm quanh đảo.",
    ),
}
EN = {
    "nha-tu": (
        "The prison on the island",
        """The prison was founded by Governor Bonard in 1862. The first fifty prisoners came to the island that March.

The camp covers 12,000 square metres and has twenty cells. Its walls are one metre thick, of stone from the hill.""",
    ),
    "mieu": (
        "The shrine of Lady Phi Yến",
        "The shrine honours Lady Phi Yến. The people of An Hải built it in 1785. Every year the island keeps her day.",
    ),
    "den-bien": (
        "The lighthouse",
        "The lighthouse is 16 m high and was built in 1884 on top of Hòn Bảy Cạnh. Its first keeper was Lê Văn Son.",
    ),
    "bao-tang": (
        "The museum",
        "The museum keeps 2,000 objects and pictures. Its largest room tells of the ships that were wrecked here.",
    ),
}
NAMES = {"nha-tu": ("Bagne 1", "Lao 2"), "den-bien": ("Đèn Bảy Cạnh",)}


def passages(language: str, without: Sequence[str] = ()) -> list[Passage]:
    told = {"vi": VI, "en": EN}[language]
    return [one for slug in told if slug not in without for one in of_stop(slug, *told[slug], language)]


def of_stop(slug: str, title: str, body: str, language: str) -> list[Passage]:
    cut = sentences(title, body, language)
    last = max(sentence.paragraph for sentence in cut)
    return [
        Passage(
            f"stops/{slug}/{number}",
            "stop",
            slug,
            language,
            title,
            tuple(sentence for sentence in cut if sentence.paragraph == number),
            f"/island/stops/{slug}?lang={language}",
            NAMES.get(slug, ()),
        )
        for number in range(1, last + 1)
    ]
