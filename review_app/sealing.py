"""Encryption of single stored fields: personal data and the secrets of deliberation (class L3)."""

import hashlib
import hmac
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from review_app.errors import ReviewError

REMEMBERED = 8192
LONG = 4000


class Seal:
    """Seals and opens texts with the newest of ``keys``; older keys can still open."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._box = MultiFernet([Fernet(key) for key in keys])
        self._match_key = hashlib.sha256(b"match|" + keys[-1]).digest()
        self._opened = lru_cache(maxsize=REMEMBERED)(self._open)

    def close(self, text: str) -> str:
        return self._box.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text behind ``sealed``. One request reads the same short texts many times, so the last
        thousands are remembered; whole pages are not."""
        return self._open(sealed) if len(sealed) > LONG else self._opened(sealed)

    def _open(self, sealed: str) -> str:
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise ReviewError("一段加密内容无法打开：密钥与数据不符。请管理员恢复原密钥文件。") from None

    def fingerprint(self, text: str) -> str:
        """Keyed hash for matching without reading (ID numbers): hex, 64 characters."""
        return hmac.new(self._match_key, text.strip().upper().encode(), hashlib.sha256).hexdigest()


_current: Seal | None = None


def use_seal(seal: Seal) -> None:
    """Make ``seal`` the one that sealed columns of this process use."""
    global _current
    _current = seal


def current_seal() -> Seal:
    if _current is None:
        raise RuntimeError("no seal: call use_seal() when the process starts")
    return _current


def read_keys(path: Path) -> list[bytes]:
    """Read the key file, newest key first; make it (mode 0600) when the instance is new."""
    if not path.exists():
        write_secret(path, Fernet.generate_key())
    return [line.strip() for line in path.read_bytes().splitlines() if line.strip()]


def read_secret(path: Path) -> bytes:
    """Read a 32-byte secret kept as hex beside the database; make it when the instance is new."""
    if not path.exists():
        write_secret(path, os.urandom(32).hex().encode())
    return bytes.fromhex(path.read_text().strip())


def write_secret(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content + b"\n")
