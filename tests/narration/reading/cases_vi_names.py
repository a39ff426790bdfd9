"""Vietnamese sizes, prices, abbreviations, documents, names and whole sentences as a guide says them."""

UNIT = [
    ("110,69 ha", "một trăm mười phẩy sáu mươi chín héc ta"),
    ("530 km²", "năm trăm ba mươi ki lô mét vuông"),
    ("530km2", "năm trăm ba mươi ki lô mét vuông"),
    ("18.600 m²", "mười tám nghìn sáu trăm mét vuông"),
    ("9.200m2", "chín nghìn hai trăm mét vuông"),
    ("7,5 m³", "bảy phẩy năm mét khối"),
    ("1,45 × 2,5 m", "một phẩy bốn mươi lăm nhân hai phẩy năm mét"),
    ("1,45 x 2,5 m", "một phẩy bốn mươi lăm nhân hai phẩy năm mét"),
    ("2×12×35 cm", "hai nhân mười hai nhân ba mươi lăm xăng ti mét"),
    ("15x3cm", "mười lăm nhân ba xăng ti mét"),
    ("130 m × 65 m", "một trăm ba mươi mét nhân sáu mươi lăm mét"),
    ("27°C", "hai mươi bảy độ xê"),
    ("20–25 °C", "hai mươi đến hai mươi lăm độ xê"),
    ("-2°C", "âm hai độ xê"),
    ("60 km/h", "sáu mươi ki lô mét trên giờ"),
    ("5 m/s", "năm mét trên giây"),
    ("mật độ 320 người/km²", "mật độ ba trăm hai mươi người trên ki lô mét vuông"),
    ("2,5kg", "hai phẩy năm ki lô gam"),
    ("500 g", "năm trăm gam"),
    ("15 mm", "mười lăm mi li mét"),
    ("cao 19m", "cao mười chín mét"),
    ("90–120 m", "chín mươi đến một trăm hai mươi mét"),
    ("nặng 3 tấn", "nặng ba tấn"),
    ("20 lít", "hai mươi lít"),
    ("330 ml", "ba trăm ba mươi mi li lít"),
    ("độ ẩm 55%", "độ ẩm năm mươi lăm phần trăm"),
    ("góc 45°", "góc bốn mươi lăm độ"),
    ("4.20 × 2.70 m", "bốn phẩy hai mươi nhân hai phẩy bảy mươi mét"),
    ("500kW", "năm trăm ki lô oát"),
    ("cao 1m75", "cao một mét bảy mươi lăm"),
]

CURRENCY = [
    ("50.000đ", "năm mươi nghìn đồng"),
    ("50.000 đ", "năm mươi nghìn đồng"),
    ("50.000 ₫", "năm mươi nghìn đồng"),
    ("50.000₫", "năm mươi nghìn đồng"),
    ("50.000 VND", "năm mươi nghìn đồng"),
    ("50.000 VNĐ", "năm mươi nghìn đồng"),
    ("25.000 đồng/vé", "hai mươi lăm nghìn đồng một vé"),
    ("30.000 đồng/người", "ba mươi nghìn đồng một người"),
    ("30.000đ/lượt", "ba mươi nghìn đồng một lượt"),
    ("20.000–50.000đ", "hai mươi nghìn đến năm mươi nghìn đồng"),
    ("80 tỷ đồng", "tám mươi tỷ đồng"),
    ("5 tỷ USD", "năm tỷ đô la mỹ"),
    ("6,7 triệu USD", "sáu phẩy bảy triệu đô la mỹ"),
    ("100 USD", "một trăm đô la mỹ"),
    ("US$400.000", "bốn trăm nghìn đô la mỹ"),
    ("US$6,7 triệu", "sáu phẩy bảy triệu đô la mỹ"),
    ("$100", "một trăm đô la"),
    ("5€", "năm ơ rô"),
    ("10 euro", "mười ơ rô"),
    ("50k", "năm mươi nghìn"),
    ("15 triệu đồng", "mười lăm triệu đồng"),
    ("giá 0đ", "giá không đồng"),
]

ABBREVIATION = [
    ("UBND tỉnh", "ủy ban nhân dân tỉnh"),
    ("HĐND TP. Hà Nội", "hội đồng nhân dân thành phố hà nội"),
    ("TP.HCM", "thành phố hồ chí minh"),
    ("TP. Hồ Chí Minh", "thành phố hồ chí minh"),
    ("TPHCM", "thành phố hồ chí minh"),
    ("TP HCM", "thành phố hồ chí minh"),
    ("Tp. Vũng Tàu", "thành phố vũng tàu"),
    ("TP Vũng Tàu", "thành phố vũng tàu"),
    ("Q.1", "quận một"),
    ("Q. 3, TP.HCM", "quận ba thành phố hồ chí minh"),
    ("Q. Hoàn Kiếm", "quận hoàn kiếm"),
    ("P.5", "phường năm"),
    ("P. Bến Nghé", "phường bến nghé"),
    ("H. Côn Đảo", "huyện côn đảo"),
    ("TX. Quảng Yên", "thị xã quảng yên"),
    ("TT. Long Hải", "thị trấn long hải"),
    ("GS.TS Trần Văn Khê", "giáo sư tiến sĩ trần văn khê"),
    ("GS.TS. Trần Văn Khê", "giáo sư tiến sĩ trần văn khê"),
    ("GS. Hà Văn Tấn", "giáo sư hà văn tấn"),
    ("PGS. TS. Nguyễn Văn A", "phó giáo sư tiến sĩ nguyễn văn a"),
    ("TS. Nguyễn Thị Hậu", "tiến sĩ nguyễn thị hậu"),
    ("ThS. Lê Văn B", "thạc sĩ lê văn b"),
    ("KTS Đỗ Anh Dũng", "kiến trúc sư đỗ anh dũng"),
    ("BS. Trần Hữu Tước", "bác sĩ trần hữu tước"),
    ("NSND Thế Anh", "nghệ sĩ nhân dân thế anh"),
    ("NXB Kim Đồng", "nhà xuất bản kim đồng"),
    ("Nxb. Trẻ", "nhà xuất bản trẻ"),
    ("Sở VHTTDL", "sở văn hóa thể thao và du lịch"),
    ("Bộ VH,TT&DL", "bộ văn hóa thể thao và du lịch"),
    ("TW Đảng", "trung ương đảng"),
    ("BCH Trung ương", "ban chấp hành trung ương"),
    ("MTTQ Việt Nam", "mặt trận tổ quốc việt nam"),
    ("Viện KHXH", "viện khoa học xã hội"),
    ("QL1A", "quốc lộ một a"),
    ("QL.51", "quốc lộ năm mươi mốt"),
    ("nón, áo, khăn, v.v.", "nón áo khăn vân vân"),
    ("gốm, sứ, v.v…", "gốm sứ vân vân"),
    ("trường THPT", "trường trung học phổ thông"),
    ("đ/c Võ Văn Kiệt", "đồng chí võ văn kiệt"),
    ("ĐH Quốc gia", "đại học quốc gia"),
    ("Anh hùng LLVT", "anh hùng lực lượng vũ trang"),
    ("BQL di tích", "ban quản lý di tích"),
    ("KH&CN", "khoa học và công nghệ"),
    ("VN", "việt nam"),
    ("LHQ", "liên hợp quốc"),
]

DOCUMENT = [
    ("548/QĐ-TTg", "năm trăm bốn mươi tám quyết định thủ tướng chính phủ"),
    ("QĐ 548/QĐ-TTg", "quyết định năm trăm bốn mươi tám quyết định thủ tướng chính phủ"),
    ("QĐ số 1820/QĐ-TTg", "quyết định số một nghìn tám trăm hai mươi quyết định thủ tướng chính phủ"),
    ("QĐ 02/1999-QĐ/BVHTT", "quyết định không hai một nghìn chín trăm chín mươi chín quyết định bộ văn hóa thông tin"),
    ("QĐ 54/VHTT.QĐ", "quyết định năm mươi tư văn hóa thông tin quyết định"),
    ("QĐ 28-VH/QĐ", "quyết định hai mươi tám văn hóa quyết định"),
    ("Nghị định 28/2012/NĐ-CP", "nghị định hai mươi tám hai nghìn không trăm mười hai nghị định chính phủ"),
    ("NĐ 47/2020/NĐ-CP", "nghị định bốn mươi bảy hai nghìn không trăm hai mươi nghị định chính phủ"),
    ("Nghị quyết 33-NQ/TW", "nghị quyết ba mươi ba nghị quyết trung ương"),
    ("Nghị quyết số 5-NQ/TW", "nghị quyết số năm nghị quyết trung ương"),
    ("Luật số 28/2001/QH10", "luật số hai mươi tám hai nghìn không trăm linh một quốc hội mười"),
    ("Sắc lệnh số 65/SL", "sắc lệnh số sáu mươi lăm sắc lệnh"),
    ("ĐT: 0254.3852.605", "điện thoại không hai năm bốn ba tám năm hai sáu không năm"),
    ("0903 123 456", "không chín không ba một hai ba bốn năm sáu"),
    ("+84 24 3825 3518", "cộng tám bốn hai bốn ba tám hai năm ba năm một tám"),
    ("(024) 3825 3518", "không hai bốn ba tám hai năm ba năm một tám"),
    ("Điện thoại: 02543852605", "điện thoại không hai năm bốn ba tám năm hai sáu không năm"),
    ("hotline 1900 1234", "hotline một chín không không một hai ba bốn"),
    ("B-52", "bê năm mươi hai"),
    ("máy bay B52", "máy bay bê năm mươi hai"),
    ("xe tăng T-54", "xe tăng tê năm mươi tư"),
    ("đồi A1", "đồi a một"),
    ("súng AK-47", "súng a ca bốn mươi bảy"),
    ("súng M16", "súng mờ mười sáu"),
    ("MiG-21", "mích hai mươi mốt"),
    ("phòng 1A", "phòng một a"),
    ("BTĐL-1234", "bê tê đê lờ một nghìn hai trăm ba mươi tư"),
    ("BTCĐ 00123", "bê tê xê đê không không một hai ba"),
    ("10°20′N", "mười độ hai mươi phút bắc"),
    ("10°20'30\"B", "mười độ hai mươi phút ba mươi giây bắc"),
    ("106°45′Đ", "một trăm linh sáu độ bốn mươi lăm phút đông"),
    ("8°41′ Bắc", "tám độ bốn mươi mốt phút bắc"),
    ("số nhà 12/4", "số nhà mười hai trên bốn"),
    ("mã số 26732", "mã số hai sáu bảy ba hai"),
    ("nhà D67", "nhà đê sáu mươi bảy"),
    ("mộ M2, M4", "mộ mờ hai mờ bốn"),
    ("02 Y Ngông", "không hai y ngông"),
]

ETHNIC = [
    ("người Êđê", "người ê đê"),
    ("người Ê Đê", "người ê đê"),
    ("người M'Nông", "người mờ nông"),
    ("người M’Nông", "người mờ nông"),
    ("người Mnông", "người mờ nông"),
    ("Đắk Lắk", "đắc lắc"),
    ("Đăk Lăk", "đắc lắc"),
    ("Đắk Nông", "đắc nông"),
    ("Krông Na", "cờ rông na"),
    ("Krông Ana", "cờ rông ana"),
    ("sông Krông Bông", "sông cờ rông bông"),
    ("Y Thu Knul", "y thu cờ nun"),
    ("người Brâu", "người bờ râu"),
    ("người Hrê", "người hờ rê"),
    ("người Bru – Vân Kiều", "người bờ ru vân kiều"),
    ("người Jrai", "người gia rai"),
    ("người Bahnar", "người ba na"),
    ("người Ba Na", "người ba na"),
    ("người Xơ Đăng", "người xơ đăng"),
    ("người Cơ Ho", "người cơ ho"),
    ("người K'Ho", "người cơ ho"),
    ("người Rơ Măm", "người rơ măm"),
    ("người Khmer", "người khơ me"),
    ("đàn t'rưng", "đàn tơ rưng"),
    ("đàn T’rưng", "đàn tơ rưng"),
    ("người H'Mông", "người hờ mông"),
    ("người Hmông", "người mông"),
    ("người Xtiêng", "người xờ tiêng"),
    ("Cư M'gar", "cư mờ ga"),
    ("Chư Prông", "chư pờ rông"),
    ("Kon Plông", "kon pờ lông"),
    ("M'Đrắk", "mờ đờ rắc"),
    ("Ea H'leo", "ê a hờ leo"),
    ("sông Srêpôk", "sông sê rê pốc"),
    ("Ama Kông", "ama kông"),
    ("Sang Ae Prong", "sang ae pờ rong"),
    ("Buôn Ma Thuột", "buôn ma thuột"),
    ("Gia Rai", "gia rai"),
    ("Tà Ôi", "tà ôi"),
    ("Pleiku", "plây cu"),
]

UNICODE = [
    ("Đă\u0301k Lă\u0301k", "đắc lắc"),
    ("Ba\u0309o ta\u0300ng Li\u0323ch su\u031b\u0309", "bảo tàng lịch sử"),
    ("the\u0302\u0301 ky\u0309 XVI", "thế kỷ mười sáu"),
    ("năm\u00a01945", "năm một nghìn chín trăm bốn mươi lăm"),
    ("năm\u200b 1945", "năm một nghìn chín trăm bốn mươi lăm"),
    ("bảo\u00ad tàng", "bảo tàng"),
    ("１９４５", "một nghìn chín trăm bốn mươi lăm"),
    ("thế kỷ Ⅳ", "thế kỷ thứ tư"),
    ("50\u202f000 ₫", "năm mươi nghìn đồng"),
    ("20–25 người", "hai mươi đến hai mươi lăm người"),
    ("bảo tàng 🏛️ mở cửa", "bảo tàng mở cửa"),
    ("và/hoặc", "và hoặc"),
    ("“Bế ngư thần quan”", "bế ngư thần quan"),
    ("A & B", "a và b"),
    ("Bà Rịa – Vũng Tàu", "bà rịa vũng tàu"),
    ("Chùa Chuông (Kim Chung tự)", "chùa chuông kim chung tự"),
    ("Ðà Nẵng", "đà nẵng"),
    ("H₂O và CO₂", "hát hai o và xê o hai"),
    ("*Ghi chú*", "ghi chú"),
    ("• Gốm • Đồng", "gốm đồng"),
]

LONG = [
    (
        "Nhà tù Côn Đảo tồn tại 113 năm (1862–1975).",
        (
            "nhà tù côn đảo tồn tại một trăm mười ba năm một nghìn tám trăm sáu mươi hai đến một nghìn "
            "chín trăm bảy mươi lăm"
        ),
    ),
    (
        "Di tích quốc gia đặc biệt theo QĐ 548/QĐ-TTg ngày 10/5/2012, rộng 110,69 ha.",
        (
            "di tích quốc gia đặc biệt theo quyết định năm trăm bốn mươi tám quyết định thủ tướng "
            "chính phủ ngày mười tháng năm năm hai nghìn không trăm mười hai rộng một trăm mười phẩy "
            "sáu mươi chín héc ta"
        ),
    ),
    (
        "Mở cửa 7h30–16h30, T3–CN; vé 30.000đ, trẻ em 20.000đ.",
        (
            "mở cửa bảy giờ ba mươi phút đến mười sáu giờ ba mươi phút thứ ba đến chủ nhật vé ba mươi "
            "nghìn đồng trẻ em hai mươi nghìn đồng"
        ),
    ),
    (
        (
            "Tàu Hòn Cau (thế kỷ XVII) dài 32,71 m, chìm ở độ sâu 40 m; năm 1992, 28.000 món được bán "
            "với giá 6,7 triệu USD."
        ),
        (
            "tàu hòn cau thế kỷ mười bảy dài ba mươi hai phẩy bảy mươi mốt mét chìm ở độ sâu bốn mươi "
            "mét năm một nghìn chín trăm chín mươi hai hai mươi tám nghìn món được bán với giá sáu "
            "phẩy bảy triệu đô la mỹ"
        ),
    ),
    (
        "Lễ hội diễn ra từ 10 đến 12/2 âm lịch tại xã Mễ Sở.",
        "lễ hội diễn ra từ mùng mười đến mười hai tháng hai âm lịch tại xã mễ sở",
    ),
    (
        "Võ Thị Sáu hy sinh ngày 23-1-1952, khi chưa đầy 19 tuổi.",
        (
            "võ thị sáu hy sinh ngày hai mươi ba tháng một năm một nghìn chín trăm năm mươi hai khi "
            "chưa đầy mười chín tuổi"
        ),
    ),
    (
        "GS.TS. Trần Văn Khê sinh năm 1921 tại Q. Châu Thành, ĐT: 0903 123 456.",
        (
            "giáo sư tiến sĩ trần văn khê sinh năm một nghìn chín trăm hai mươi mốt tại quận châu "
            "thành điện thoại không chín không ba một hai ba bốn năm sáu"
        ),
    ),
    (
        "Trống đồng Đông Sơn, thế kỷ V TCN – thế kỷ I, cao 63 cm, nặng 86kg.",
        (
            "trống đồng đông sơn thế kỷ thứ năm trước công nguyên đến thế kỷ thứ nhất cao sáu mươi ba "
            "xăng ti mét nặng tám mươi sáu ki lô gam"
        ),
    ),
]

CATEGORIES = {
    "unit": UNIT,
    "currency": CURRENCY,
    "abbreviation": ABBREVIATION,
    "document": DOCUMENT,
    "ethnic": ETHNIC,
    "unicode": UNICODE,
    "long": LONG,
}
