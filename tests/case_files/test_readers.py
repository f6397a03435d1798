"""Readers: what text each kind of file gives, page by page."""

from pathlib import Path

import pytest

from case_files.limits import Limits
from case_files.pages import PageText
from case_files.readers import docx, image, pdf, txt
from case_files.refusals import FileRefused
from tests.case_files import samples

BREAK = '<w:r><w:br w:type="page"/></w:r>'
RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def word_texts(tmp_path: Path, body: str, **parts: str) -> list[str]:
    path = samples.at(tmp_path, "f.docx", samples.word_from_xml(body, **parts))
    return [page.text for page in docx.read(path)]


class TestWord:
    def test_page_breaks_end_pages(self, tmp_path: Path) -> None:
        path = samples.at(tmp_path, "f.docx", samples.word([["第一页", "第二段"], ["第二页"]]))

        assert docx.read(path) == [PageText(1, "第一页\n第二段\n"), PageText(2, "\n第二页\n")]

    def test_recorded_page_ends_count_and_a_repeated_one_counts_once(self, tmp_path: Path) -> None:
        body = (
            paragraph(run("甲"), RENDERED, run("乙"))
            + paragraph(BREAK)
            + paragraph(RENDERED, run("丙"))
            + paragraph(run("丁"), properties="<w:pageBreakBefore/>")
        )

        assert word_texts(tmp_path, body) == ["甲", "乙", "\n丙", "丁"]

    def test_two_page_breaks_in_a_row_leave_a_blank_page(self, tmp_path: Path) -> None:
        body = paragraph(run("甲"), BREAK, RENDERED, BREAK, run("乙"))

        assert word_texts(tmp_path, body) == ["甲", "", "乙"]

    @pytest.mark.parametrize(
        ("section", "texts"),
        [
            ("<w:sectPr/>", ["甲\n", "乙\n"]),
            ('<w:sectPr><w:type w:val="nextPage"/></w:sectPr>', ["甲\n", "乙\n"]),
            ('<w:sectPr><w:type w:val="continuous"/></w:sectPr>', ["甲\n乙\n"]),
        ],
    )
    def test_a_section_on_a_new_page_ends_the_page(
        self, tmp_path: Path, section: str, texts: list[str]
    ) -> None:
        body = paragraph(run("甲"), properties=section) + paragraph(run("乙"))

        assert word_texts(tmp_path, body) == texts

    def test_without_recorded_page_ends_pages_have_about_1200_characters(self, tmp_path: Path) -> None:
        body = paragraph(run("事" * 500)) * 5

        pages = word_texts(tmp_path, body)

        assert [len(page) for page in pages] == [1002, 1002, 501]

    def test_tables_are_read_row_by_row(self, tmp_path: Path) -> None:
        cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("姓名", "葛某梅"))
        two = f"<w:tc>{paragraph(run('面积'))}</w:tc><w:tc>{paragraph(run('86'))}{paragraph(run('平方米'))}</w:tc>"

        body = (
            paragraph(run("表"))
            + f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{two}</w:tr></w:tbl>"
            + paragraph(run("尾"))
        )

        assert word_texts(tmp_path, body) == ["表\n姓名\t葛某梅\n面积\t86\n平方米\n尾\n"]

    def test_text_is_that_of_the_final_version(self, tmp_path: Path) -> None:
        body = paragraph(
            run("判处"),
            "<w:del><w:r><w:delText>三年</w:delText></w:r></w:del>",
            f"<w:ins>{run('一年')}</w:ins>",
            "<w:r><w:instrText> PAGE </w:instrText></w:r>",
            "<w:r><w:tab/><w:t>完</w:t><w:br/><w:t>。</w:t></w:r>",
        )

        assert word_texts(tmp_path, body) == ["判处一年\t完\n。\n"]

    def test_a_text_box_is_read_once(self, tmp_path: Path) -> None:
        space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        box = f"<w:txbxContent>{paragraph(run('印章'))}</w:txbxContent>"
        body = paragraph(
            f'<w:r><mc:AlternateContent xmlns:mc="{space}"><mc:Choice>{box}</mc:Choice>'
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )

        assert "".join(word_texts(tmp_path, body)).split() == ["印章"]

    def test_notes_stand_at_the_end_of_the_page_that_refers_to_them(self, tmp_path: Path) -> None:
        notes = f'<w:footnotes {samples.WORD}><w:footnote w:id="2">{paragraph(run("见卷二第3页"))}</w:footnote></w:footnotes>'
        body = paragraph(run("认定"), '<w:r><w:footnoteReference w:id="2"/></w:r>', BREAK, run("次页"))

        assert word_texts(tmp_path, body, word__footnotes_dot_xml=notes) == ["认定\n见卷二第3页\n", "次页\n"]

    def test_rare_characters_survive(self, tmp_path: Path) -> None:
        assert word_texts(tmp_path, paragraph(run("𠮷某　ａ &amp; &lt;"))) == ["𠮷某　ａ & <\n"]

    def test_an_empty_document_is_one_empty_page(self, tmp_path: Path) -> None:
        assert word_texts(tmp_path, "") == ["\n"]

    def test_too_many_pages_are_refused(self, tmp_path: Path) -> None:
        path = samples.at(tmp_path, "f.docx", samples.word_from_xml(paragraph(BREAK * 20)))

        with pytest.raises(FileRefused, match="文件超过10页"):
            docx.read(path, limits=Limits(pages=10))


class TestPdf:
    def test_text_is_read_page_by_page_and_a_scanned_page_is_kept_empty(self, tmp_path: Path) -> None:
        pages = [["青岚市人民法院", "民事判决书"], [], ["本院认为，被告应当支付货款386000元。"]]
        path = samples.at(tmp_path, "f.pdf", samples.pdf(pages))

        pdf.check(path)

        assert pdf.read(path) == [
            PageText(1, "青岚市人民法院\n民事判决书"),
            PageText(2, "", readable=False),
            PageText(3, "本院认为，被告应当支付货款386000元。"),
        ]

    def test_a_page_whose_characters_are_unknown_is_kept_empty(self, tmp_path: Path) -> None:
        content = (
            samples.pdf([["本院认为"]]).replace(b"UniGB-UCS2-H", b"Identity-H  ").replace(b"GB1", b"XX1")
        )

        assert pdf.read(samples.at(tmp_path, "f.pdf", content)) == [PageText(1, "", readable=False)]

    def test_a_pdf_that_needs_a_password_is_refused(self, tmp_path: Path) -> None:
        path = samples.at(tmp_path, "f.pdf", samples.locked_pdf([["正文"]], password="secret"))

        with pytest.raises(FileRefused) as refusal:
            pdf.check(path)

        assert str(refusal.value) == "PDF 设有打开密码，无法阅读。请取消密码或者重新导出后再上传。"

    def test_a_pdf_that_opens_without_a_password_is_read(self, tmp_path: Path) -> None:
        path = samples.at(tmp_path, "f.pdf", samples.locked_pdf([["正文"]], password="", owner="secret"))

        pdf.check(path)

        assert pdf.read(path) == [PageText(1, "正文")]

    @pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing", samples.pdf([])])
    def test_a_broken_or_empty_pdf_is_refused(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(FileRefused) as refusal:
            pdf.check(samples.at(tmp_path, "f.pdf", content))

        assert str(refusal.value) == "PDF 已损坏，无法打开。请重新导出（输出）为 PDF 后再上传。"

    def test_too_many_pages_are_refused_before_they_are_read(self, tmp_path: Path) -> None:
        path = samples.at(tmp_path, "f.pdf", samples.pdf([["一"]] * 4))

        with pytest.raises(FileRefused, match="文件超过3页"):
            pdf.check(path, limits=Limits(pages=3))


class TestPlainText:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
    )
    def test_chinese_is_read_in_the_usual_encodings(self, tmp_path: Path, encoding: str) -> None:
        text = "询问笔录\n问：你的姓名？\n答：丛某英，𠮷䶮。ABC 123\n"
        path = samples.at(tmp_path, "f.txt", text.encode(encoding))

        assert txt.read(path) == [PageText(1, text)]

    def test_form_feeds_are_page_borders(self, tmp_path: Path) -> None:
        path = samples.at(tmp_path, "f.txt", "第一页\r\n\f\f第三页".encode("gb18030"))

        assert txt.read(path) == [PageText(1, "第一页\n"), PageText(2, ""), PageText(3, "第三页")]

    def test_long_text_is_cut_into_usual_pages(self, tmp_path: Path) -> None:
        path = samples.at(tmp_path, "f.txt", ("字" * 499 + "\n").encode() * 5)

        assert [len(page.text) for page in txt.read(path)] == [1000, 1000, 500]

    @pytest.mark.parametrize("content", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 50, b"\xff\xff\xff"])
    def test_bytes_that_are_no_text_are_refused(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(FileRefused) as refusal:
            txt.read(samples.at(tmp_path, "f.txt", content))

        assert str(refusal.value) == (
            "无法识别文字编码，或者内容不是文字。请用记事本打开，另存为 UTF-8 编码后再上传。"
        )


class TestPictures:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF"])
    def test_a_picture_is_one_page_without_text(self, tmp_path: Path, kind: str) -> None:
        path = samples.at(tmp_path, "f", samples.picture(kind))

        image.check(path)

        assert image.read(path) == [PageText(1, "", readable=False)]

    def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(self, tmp_path: Path) -> None:
        path = samples.at(tmp_path, "f.png", samples.picture(size=(200, 200)))

        with pytest.raises(FileRefused) as refusal:
            image.check(path, limits=Limits(pixels=30_000))

        assert str(refusal.value) == "图片超过3万像素。请降低扫描分辨率（一般 300 dpi 即可）后再上传。"

    def test_a_bomb_that_claims_a_billion_pixels_is_refused(self, tmp_path: Path) -> None:
        content = bytearray(samples.picture())
        content[16:24] = (40_000).to_bytes(4) * 2
        path = samples.at(tmp_path, "f.png", bytes(content))

        with pytest.raises(FileRefused):
            image.check(path)

    def test_a_cut_off_picture_is_refused(self, tmp_path: Path) -> None:
        path = samples.at(tmp_path, "f.jpg", samples.picture("JPEG", (300, 300))[:-200])

        with pytest.raises(FileRefused) as refusal:
            image.check(path)

        assert str(refusal.value) == "图片已损坏或者不完整。请重新扫描或者导出后再上传。"
