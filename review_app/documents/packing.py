"""Zip packages whose bytes depend on their content alone: fixed order, fixed time, no compression.

Compressed bytes differ between builds of zlib; an issued document must come out the same on every machine, so the
parts are stored as they are.
"""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")


def pack(parts: dict[str, bytes]) -> bytes:
    """The package with the content types first and every other part in the order of its name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(parts, key=_place):
            package.writestr(_entry(name), parts[name])
    return buffer.getvalue()


def repack(package: bytes) -> bytes:
    """The same parts in reproducible form."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return pack({name: opened.read(name) for name in opened.namelist()})


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
