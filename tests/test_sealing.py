"""Sealed fields and the files of keys."""

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from review_app.errors import ReviewError
from review_app.sealing import Seal, read_keys, read_secret


def test_a_seal_opens_what_it_closed_and_older_keys_still_open() -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    sealed = Seal([old]).close("身份证号")

    assert "身份" not in sealed
    assert Seal([new, old]).open(sealed) == "身份证号"


def test_another_key_gives_a_sentence() -> None:
    sealed = Seal([Fernet.generate_key()]).close("x")

    with pytest.raises(ReviewError, match="恢复原密钥文件"):
        Seal([Fernet.generate_key()]).open(sealed)


def test_fingerprints_match_the_same_number_and_survive_a_new_key() -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()

    assert Seal([old]).fingerprint("99999919800101001x ") == Seal([new, old]).fingerprint(
        "99999919800101001X"
    )
    assert Seal([old]).fingerprint("1") != Seal([new]).fingerprint("1")


def test_key_files_are_made_once_and_readable_by_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "seal.keys"

    first, again = read_keys(path), read_keys(path)
    secret = read_secret(tmp_path / "secrets" / "audit.key")

    assert first == again
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(secret) == 32
