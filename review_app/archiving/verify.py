"""Checks an archive package (归档包) of Yi'an without the platform: Python 3.9 or later, standard library only.

    python3 verify.py PACKAGE.zip
    python3 verify.py FOLDER          the unpacked package
    python3 verify.py PACKAGE.zip --index SHA256   the hash of index.json as it stands in the platform's audit log

Every file must be there unchanged and none besides; every issued document must come from the content beside it;
signatures, forms and results must carry the hashes of what lies in the package; what the log says was issued, signed and
locked must be what is here. Exit code 0 when all holds, otherwise 1 with a line for each departure.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Files = dict[str, bytes]
FREE = {"index.json", "verify.py", "说明.txt"}
"""files that the index cannot hold: itself, this script, the leaflet"""


def read_package(place: str | Path) -> Files:
    """Contents of the package by name."""
    path = Path(place)
    if path.is_dir():
        files = (each for each in sorted(path.rglob("*")) if each.is_file())
        return {each.relative_to(path).as_posix(): each.read_bytes() for each in files}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def departures(files: Files, index_sha256: str = "") -> list[str]:
    """Everything that is not as the index says; empty when the package is whole."""
    if "index.json" not in files:
        return ["缺少 index.json，这不是归档包，或者目录已经丢失。"]
    found: list[str] = []
    if index_sha256 and sha256(files["index.json"]) != index_sha256.lower():
        found.append("index.json 的校验值与给出的不一致。")
    index = json.loads(files["index.json"])
    found += changed_files(files, index)
    found += changed_documents(files, index)
    found += changed_contents(files, index)
    found += missing_in_log(files, index)
    return found


def changed_files(files: Files, index: Any) -> Iterator[str]:
    listed = {each["path"]: each for each in index["files"]}
    for path, each in listed.items():
        if path not in files:
            yield f"缺少文件：{path}"
        elif sha256(files[path]) != each["sha256"] or len(files[path]) != each["size"]:
            yield f"文件已被改动：{path}"
    for path in sorted(set(files) - set(listed) - FREE):
        yield f"目录以外的文件：{path}"


def changed_documents(files: Files, index: Any) -> Iterator[str]:
    """An issued .docx names in its properties the hash of the content it was written from."""
    for each in index["documents"]:
        if each["path"] not in files or each["content"] not in files:
            continue
        with zipfile.ZipFile(io.BytesIO(files[each["path"]])) as package:
            core = package.read("docProps/core.xml").decode("utf-8")
        named = re.search(r"sha256:([0-9a-f]{64})", core)
        if named is None or named[1] != sha256(canonical(json.loads(files[each["content"]]))):
            yield f"文书与其内容不符：{each['path']}"


def changed_contents(files: Files, index: Any) -> Iterator[str]:
    """What was signed or locked has the hash it was signed or locked with."""
    for each in index["bound"]:
        if each["path"] in files and sha256(canonical(json.loads(files[each["path"]]))) != each["sha256"]:
            yield f"内容与签名、锁定时不一致：{each['path']}"
    hashes = {each["path"]: each["sha256"] for each in index["bound"]}
    for each in index["signatures"]:
        if each["in_force"] and hashes.get(each["path"]) != each["sha256"]:
            yield f"签名不是对这份内容作出的：{each['path']}（{each['person']}）"


def missing_in_log(files: Files, index: Any) -> Iterator[str]:
    """What lies here stands in the excerpt of the audit log, and its rows are in order."""
    rows = json.loads(files.get("审计摘录.json", b"[]"))
    numbers = [row["id"] for row in rows]
    if numbers != sorted(set(numbers)):
        yield "审计摘录的行号不是递增的。"
    logged = " ".join(json.dumps(row["after"], ensure_ascii=False) for row in rows)
    for each in index["documents"]:
        if each["path"] in files and sha256(files[each["path"]]) not in logged:
            yield f"审计摘录中没有这份文书的校验值：{each['path']}"
    for each in index["bound"]:
        if each["logged"] and each["sha256"] not in logged:
            yield f"审计摘录中没有这份内容的校验值：{each['path']}"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(words: list[str]) -> int:
    index_sha256 = ""
    if "--index" in words:
        place = words.index("--index")
        index_sha256 = words[place + 1] if place + 1 < len(words) else ""
        words = words[:place] + words[place + 2 :]
    if len(words) != 1:
        say(__doc__ or "")
        return 2
    files = read_package(words[0])
    found = departures(files, index_sha256)
    for line in found:
        say(f"✗ {line}")
    if found:
        say(f"核验未通过：{len(found)}处不符。")
        return 1
    index = json.loads(files["index.json"])
    say(f"核验通过：{index['review_no']}，文件{len(index['files'])}份，签名{len(index['signatures'])}个。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
