from pathlib import Path

import pytest

from review_app.demo.instance import BUILDING, make_room
from review_app.demo.sign_in import SignInLine, as_table, width
from review_app.errors import ReviewError


def test_folder_with_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "yian.db").write_text("the database of an office")

    with pytest.raises(ReviewError, match="不是演示数据"):
        make_room(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == ["yian.db"]


def test_half_built_folder_is_emptied_and_built_again(tmp_path: Path) -> None:
    (tmp_path / BUILDING).touch()
    (tmp_path / "yian.db").write_text("half")

    make_room(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == [BUILDING]


def test_new_folder_is_made_and_marked(tmp_path: Path) -> None:
    make_room(tmp_path / "new" / "demo")

    assert (tmp_path / "new" / "demo" / BUILDING).exists()


def test_table_is_aligned_although_han_characters_are_wide() -> None:
    lines = [
        SignInLine("评查协调员", "coord", "secret", "何晓琳", "科员"),
        SignInLine("Auditor", "auditor", "secret", "曹", ""),
    ]

    rows = as_table(lines, lambda text: text).splitlines()

    columns = [
        width(row[: row.index(login)])
        for row, login in zip(rows, ("登录名", "coord", "auditor"), strict=True)
    ]
    assert len(set(columns)) == 1
