"""A person at LibreOffice: opens the Word form, types into its content controls, ticks boxes, saves as .docx.
Done by a macro of the office's own profile, because no other way works the same in every installation."""

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from tests.offline_forms.made import Typed

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {kind} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{file}.dtd">\n'
LIBRARIES = HEAD.format(kind="library:libraries", file="libraries") + (
    '<library:libraries xmlns:library="http://openoffice.org/2000/library">'
    '<library:library library:name="Standard" library:link="false"/></library:libraries>'
)
LIBRARY = HEAD.format(kind="library:library", file="library") + (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/>'
    "</library:library>"
)
MODULE = HEAD.format(kind="script:module", file="module") + (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
    'script:language="StarBasic">{code}</script:module>'
)
CODE = """
Dim doc As Object
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim word(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  word(0).Name = "FilterName" : word(0).Value = "MS Word 2007 XML"
  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
{orders}
  doc.storeToURL("{target}", word())
  doc.close(True)
End Sub
Function ControlIn(name As String, column As Integer) As Object
  Dim t As Object, portions As Object, portion As Object, i As Integer, r As Integer, c As Integer
  For i = 0 To doc.TextTables.Count - 1
    t = doc.TextTables.getByIndex(i)
    For r = 0 To t.Rows.Count - 1
      If t.getCellByPosition(t.Columns.Count - 1, r).String = name Then
        c = column
        If c = -1 Then c = t.Columns.Count - 2
        portions = t.getCellByPosition(c, r).createEnumeration().nextElement().createEnumeration()
        Do While portions.hasMoreElements()
          portion = portions.nextElement()
          If portion.TextPortionType = "ContentControl" Then
            ControlIn = portion.ContentControl
            Exit Function
          End If
        Loop
      End If
    Next r
  Next i
End Function
Sub Put(name As String, column As Integer, words As String)
  ControlIn(name, column).setString(words)
End Sub
Sub Tick(name As String)
  ControlIn(name, -1).Checked = True
End Sub
"""


def filled_by_libreoffice(folder: Path, package: bytes, typed: Mapping[str, Typed]) -> bytes:
    """The document as LibreOffice saves it after everything in ``typed`` was typed there."""
    source, target, profile = folder / "opened.docx", folder / "typed.docx", folder / "office"
    source.write_bytes(package)
    code = CODE.format(source=source.as_uri(), target=target.as_uri(), orders="\n".join(orders(typed)))
    start(profile, "--terminate_after_init")  # makes the profile's own folders
    basic = profile / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    (basic / "script.xlc").write_text(LIBRARIES, "utf-8")
    (basic / "Standard" / "script.xlb").write_text(LIBRARY, "utf-8")
    (basic / "Standard" / "Module1.xba").write_text(MODULE.format(code=escape(code)), "utf-8")
    start(profile, "macro:///Standard.Module1.Main")
    return target.read_bytes()


def start(profile: Path, order: str) -> None:
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", order]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def orders(typed: Mapping[str, Typed]) -> Iterator[str]:
    for name, value in typed.items():
        if isinstance(value, bool):
            yield f'  Tick "{name}"'
        elif isinstance(value, str):
            yield f'  Put "{name}", -1, {quoted(value)}'
        else:
            yield from (
                f'  Put "{name}", {column}, {quoted(words)}' for column, words in enumerate(value) if words
            )


def quoted(words: str) -> str:
    return " & Chr(10) & ".join(f'"{line}"' for line in words.split("\n"))
