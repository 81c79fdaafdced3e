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


REVISED = """<w:p {names}><w:r><w:t>空腹前来。</w:t></w:r>
<w:moveFrom w:id="5"><w:r><w:t>这句搬走了。</w:t></w:r></w:moveFrom>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的字。</w:t></w:r>
<w:r><w:ruby><w:rt><w:r><w:t>ji</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>切记。</w:t></w:r></w:rubyBase></w:ruby></w:r>
<w:r><w:t>每天7</w:t><w:noBreakHyphen/><w:t>9点。</w:t></w:r></w:p>"""
"""A paragraph in which words were moved away, are hidden, and have their reading beside them."""


def revised_file() -> bytes:
    """A notice with a table of contents, headings numbered through their style, a list that goes on and one anew."""
    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(NUMBERING))
    for number, anew in (("91", ""), ("92", ""), ("93", '<w:startOverride w:val="1"/>')):
        override = f'<w:lvlOverride w:ilvl="2">{anew}</w:lvlOverride>' if anew else ""
        root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/>{override}</w:num>')
        )
    heading = document.styles["Heading 1"]
    heading.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="91"/></w:numPr>'))
    document.styles.add_style("公文一级", 1).base_style = heading
    document.styles.add_style("toc 1", 1)

    def item(text: str, numbering: str) -> None:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="2"/><w:numId w:val="{numbering}"/></w:numPr>')
        )

    document.add_paragraph("关于做好体检工作的通知")
    for text in ("一、体检时间\t1", "二、体检地点\t1"):
        document.add_paragraph(text, style="toc 1")
    document.add_paragraph("体检时间", style="公文一级")
    document.add_paragraph()._p.extend(list(parse_xml(REVISED.format(names=nsdecls("w")))))
    document.add_paragraph("体检地点", style="公文一级")
    item("第一支部在区医院。", "91")
    document.add_paragraph("第一支部四月去。")
    item("第二支部在社区医院。", "92")
    document.add_paragraph("第二支部五月去。")
    item("带身份证。", "93")
    table = document.add_table(rows=3, cols=2)
    for at, text in enumerate(("支部", "日期", "第一支部", "4月7日", "作废支部", "4月9日")):
        table.cell(at // 2, at % 2).text = text
    table.rows[2]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="9"/>'))
    return saved(document)


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
