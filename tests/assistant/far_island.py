"""Far Island: a museum that says just enough to be asked about."""

from __future__ import annotations

from tests.museum import Files

FAR_ISLAND: Files = {
    "museum.yaml": """
        name: {vi: Nhà tù Đảo Xa, en: Far Island Prison}
        languages: [vi, en]
        fallback: [en, vi]
        address: {vi: "1 Đường Biển, đặc khu Đảo Xa", en: "1 Sea Road, Far Island"}
        contact: {phone: "0254 123 4567"}
        hours: {tue-sun: ["07:30-11:30", "13:30-17:00"]}
        closures: [{from: 2026-12-01, to: 2026-12-05, reason: {vi: Sửa mái, en: The roof is repaired}}]
        free_days: [{day: 11-25, reason: {vi: Ngày hội}}]
        prices: [{category: adult, dong: 50000}, {category: child, dong: 0, ages: [0, 15]}]
        facilities: {toilet: {vi: Cạnh cổng., en: Beside the gate.}}
        sources: {A: {title: Sách của bảo tàng, trust: 3}, B: {title: Báo tỉnh, trust: 2}}
    """,
    "stops/cong-da/stop.yaml": """
        facts:
          - about: {vi: Năm dựng cổng đá, en: When the stone gate was built}
            values:
              - {value: 1862, text: {vi: Cổng dựng năm 1862., en: The stone gate was built in 1862.}, sources: [A]}
              - {value: 1871, text: {vi: Cổng dựng năm 1871., en: The stone gate was built in 1871.}, sources: [B]}
    """,
    "stops/cong-da/vi.md": """
        # Cổng đá

        Vòm cổng ghép bằng đá xanh, cao bốn mét. Thống đốc Bonard cho xây nhà tù sau cổng này.

        Ai đã đi qua đây? Năm mươi người tù đầu tiên đã đi qua đây.
    """,
    "stops/cong-da/en.md": """
        # The stone gate

        The arch is of blue stone, four metres high. Governor Bonard had the prison built behind this gate.

        Who walked through it? The first fifty prisoners walked through it.
    """,
    "stops/gieng-co/vi.md": """
        # Giếng cổ

        Giếng sâu mười mét. Giếng được đào năm 1880. Nước giếng ngọt quanh năm. Gàu cuối cùng kéo lên năm 1975.
    """,
    "stops/gieng-co/en.md": """
        # The old well

        The well is ten metres deep. It was dug in 1880. Its water is sweet all the year round.
    """,
    "stops/nha-bep/vi.md": "# Nhà bếp\n\nNhà bếp nấu cơm, cá khô, rau muống. Bếp được xây năm 1890.\n",
    "stops/ngon-hai-dang/vi.md": "# Ngọn hải đăng\n\nNgọn hải đăng cao mười sáu mét. Hải đăng được xây năm 1884.\n",
    "stops/ngon-hai-dang/en.md": "# The lighthouse\n\nThe lighthouse is sixteen metres high. It was built in 1884.\n",
    "tours/mot-vong.yaml": "title: {vi: Một vòng đảo}\nminutes: 20\nstops: [{stop: cong-da}, {stop: gieng-co}]\n",
    "faq/vi.yaml": """
        - {ask: [Giá vé bao nhiêu?], answer: Vé người lớn là 50.000 đồng., about: prices.adult}
        - {ask: [Có thuyền ra đảo không?], answer: Mỗi ngày có hai chuyến thuyền.}
    """,
}
