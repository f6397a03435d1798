"""Grey words across every page of a copy: who took it and when, that it is a draft, or that the data is made up."""

import io
from typing import Final
from xml.sax.saxutils import quoteattr

import docx
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from review_app.documents.packing import repack
from review_app.documents.titles import width
from review_app.documents.typography import Setting, element, nest, paragraph, printable

_WIDEST: Final = 400.0
_TALLEST: Final = 72.0
_SHAPE: Final = """<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>
<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="watermark{number}" type="#_x0000_t136" fillcolor="silver" stroked="f" style="position:absolute;\
margin-left:0;margin-top:0;width:{width:.0f}pt;height:{height:.0f}pt;rotation:315;z-index:-251658240;\
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;\
mso-position-vertical-relative:margin"><v:fill opacity=".35"/>
<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string={text}/></v:shape></w:pict>"""


def watermarked(package: bytes, text: str) -> bytes:
    """A copy of a .docx with `text` behind every page; the file given is left as it is."""
    opened = docx.Document(io.BytesIO(package))
    for section in opened.sections:
        headers = [section.header, section.even_page_header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for number, header in enumerate(headers, start=1):
            header.is_linked_to_previous = False
            _carrier(header._element).append(nest(element("r"), _shape(text, number)))
    buffer = io.BytesIO()
    opened.save(buffer)
    return repack(buffer.getvalue())


def _carrier(header: BaseOxmlElement) -> BaseOxmlElement:
    """The paragraph that holds the shape: the header's first, or one that takes no room."""
    written: list[BaseOxmlElement] = [
        each for each in header if each.tag.endswith("}p") and each.find(".//{*}t") is not None
    ]
    if written:
        return written[0]
    for child in list(header):
        header.remove(child)
    carrier = paragraph(setting=Setting(line=20, on_grid=False))
    header.append(carrier)
    return carrier


def _shape(text: str, number: int) -> BaseOxmlElement:
    shown = printable(text)
    height = min(_TALLEST, _WIDEST / max(width(shown), 1) * 1.3)
    wide = min(_WIDEST, width(shown) * height)
    attribute = quoteattr(shown)
    filled = _SHAPE.format(number=number, width=wide, height=height, text=attribute)
    shape: BaseOxmlElement = parse_xml(filled)
    return shape
