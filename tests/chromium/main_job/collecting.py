"""Step 2: the letter for the file, the volumes by the file input of the drag-and-drop page, the self-review."""

import re
from pathlib import Path

from review_app.demo.narratives import DocumentText, VolumeText
from review_app.reviews.states import ReviewState, VolumeKind
from tests.case_files.samples import at, pdf, word
from tests.chromium.main_job.story import Story

DUE = "2024-04-12"


def collect(story: Story) -> None:
    story.go_on(ReviewState.FILES)
    ask_for_file(story)
    own, (self_review,) = divided(story)
    scan = at(story.folder, "来访登记簿.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    for volume in own[:-1]:
        upload(story, volume)
    upload(story, own[-1], refused=scan)
    story.hands.sign_in(story.people["court"])
    upload(story, self_review)
    assert [(one.number, one.kind, len(one.documents)) for one in story.review.volumes] == [
        (number, one.kind, len(one.documents)) for number, one in enumerate(story.told.volumes, start=1)
    ]


def divided(story: Story) -> tuple[list[VolumeText], list[VolumeText]]:
    """The volumes of the office, and those of the reviewed organ."""
    volumes = story.told.volumes
    own = [volume for volume in volumes if volume.kind is not VolumeKind.SELF_REVIEW]
    return own, [volume for volume in volumes if volume.kind is VolumeKind.SELF_REVIEW]


def ask_for_file(story: Story) -> None:
    """The letter for the file is written, numbered and served."""
    hands = story.hands.go(story.at("/documents"))
    hands.follow("制发调卷函", "main .page-head")
    asked = {"volumes": "执行卷宗正卷、民事审判卷宗各1册，信访卷1册。", "mode": "ELECTRONIC", "due_on": DUE}
    hands.fill("main form.sheet-form", asked)
    hands.press("制发", ".submit-row")
    assert re.search(r"青评调〔2024〕\d号", hands.text)


def upload(story: Story, volume: VolumeText, *, refused: Path | None = None) -> None:
    """A volume is entered and its documents are sent in one go; a refused one does not stop the others."""
    hands = story.hands.go(story.at("/files"))
    hands.fill("#volume-form", {"kind": volume.kind, "title": volume.title})
    hands.press("登记并上传材料")
    files = made_of(story.folder, volume)
    send(story, [refused, *files] if refused else files)
    hands.window.wait_for(f"存入{len(files)}件，未存入{1 if refused else 0}件。")
    if refused:
        assert "选“另存为”，文件类型选“Word 文档(*.docx)”，再上传新文件。" in hands.text
    hands.look()


def send(story: Story, files: list[Path]) -> None:
    hands = story.hands
    hands.window.find("input[type=file]").send_keys("\n".join(map(str, files)))
    hands.window.find("input[name=not_secret]").click()
    hands.button("开始上传").click()


def made_of(folder: Path, volume: VolumeText) -> list[Path]:
    """The documents of a volume as Word, PDF and text files by turns, page by page as they are told."""
    return [made(folder, document, turn) for turn, document in enumerate(volume.documents)]


def made(folder: Path, document: DocumentText, turn: int) -> Path:
    pages = [page.split("\n") for page in document.content.decode().split("\f")]
    if turn % 3 == 0:
        return at(folder, f"{document.title}.docx", word(pages))
    if turn % 3 == 1:
        return at(folder, f"{document.title}.pdf", pdf(pages))
    return at(folder, f"{document.title}.txt", document.content)
