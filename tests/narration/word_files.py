"""Word files for tests, made by the library and then numbered and tracked as Word itself does it."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NUMBERING = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>"""


def numbered_file() -> bytes:
    """A notice whose numbers are Word's own, with a table, a struck-out and an added sentence, header and footer."""
    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(NUMBERING))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    document.sections[0].header.paragraphs[0].text = "内部材料"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("关于做好冬季关怀工作的通知")
    document.add_paragraph("各党支部：")
    document.add_paragraph("现将有关事项通知如下。")
    for depth, text in (
        (0, "走访慰问"),
        (1, "春节前走访80岁以上老党员，每人慰问金500元。"),
        (1, "住院的老同志，支部3天内看望。"),
        (0, "组织学习"),
        (1, "每月集中学习一次。"),
        (2, "年老体弱的可以在家自学。"),
        (2, "支部送学上门。"),
    ):
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="91"/></w:numPr>')
        )
    tracked = document.add_paragraph("联系电话：0510-82220001。")
    tracked._p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1"><w:r><w:delText>此句作废。</w:delText></w:r></w:del>'))
    tracked._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="2"><w:r><w:t>节假日照常接听。</w:t></w:r></w:ins>'))
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("片区", "联系人", "东片", "王敏")):
        table.cell(at // 2, at % 2).text = text
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bomb(megabytes: int = 80) -> bytes:
    """A small Word file that unpacks to a great many spaces."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        with file.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * (1 << 20))
    return out.getvalue()


def lying_bomb() -> bytes:
    """The same, with a table of contents that says each part is small."""
    real = bytearray(bomb(256))
    size = (256 << 20).to_bytes(4, "little")
    at = real.rindex(b"word/document.xml")
    while (place := real.find(size, max(0, at - 64))) >= 0:
        real[place : place + 4] = (1000).to_bytes(4, "little")
    return bytes(real)
