#!/usr/bin/env python3
"""Makes a quarter of the largest figures that a form can hold, to see whether every column shows them.

usage: wide.py FOLDER
"""

import pathlib
import sys

LARGEST = 2**32 - 1
HEADER = (
    "STT,Ngày tổ chức,Địa điểm,Loại cuộc,Chủ trì,Chủ đề,Tổng số người tham gia,Nữ,Dân tộc thiểu số,"
    "Số người phát biểu,Tổng số ý kiến,Trả lời tại hội nghị,Đã giải quyết sau hội nghị,Đang giải quyết,"
    "Chưa giải quyết,Chuyển cấp trên"
)
UNITS = {"10": "Tỉnh Lào Cai", "080": "Thành phố Lào Cai", "02635": "Phường Duyên Hải", "02641": "Phường Lào Cai"}

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True)
for code, name in UNITS.items():
    rows = [f"{n},1{n}/03/2021,Hội trường,Định kỳ,Bí thư,Đất đai," + ",".join([str(LARGEST)] * 10) for n in (1, 2)]
    title = f"Đơn vị,{name}\nMã đơn vị,{code}\nKỳ báo cáo,Quý I/2021\n\n"
    (folder / f"{code}.csv").write_text(title + HEADER + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
