import os
import stat

import pytest

from matcher.writers.files import replacing


def test_a_file_takes_the_place_of_the_old_one_when_all_went_well(tmp_path):
    path = tmp_path / "offer.csv"
    path.write_text("old", encoding="utf-8")
    with replacing(path) as new:
        new.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
        assert new.suffix == ".csv"
    assert path.read_text(encoding="utf-8") == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["offer.csv"]


def test_a_file_that_says_the_same_is_not_touched(tmp_path):
    path = tmp_path / "offer.csv"
    path.write_text("same", encoding="utf-8")
    os.utime(path, (1, 1))
    with replacing(path) as new:
        new.write_text("same", encoding="utf-8")
    assert path.stat().st_mtime == 1
    assert [file.name for file in tmp_path.iterdir()] == ["offer.csv"]


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_after_a_failure_the_old_file_stands_and_nothing_else_is_left(tmp_path, failure):
    path = tmp_path / "offer.csv"
    path.write_text("old", encoding="utf-8")

    def write():
        with replacing(path) as new:
            new.write_text("half", encoding="utf-8")
            raise failure("half way")

    with pytest.raises(failure, match="half way"):
        write()
    assert path.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["offer.csv"]


def test_a_folder_that_is_not_there_is_told_by_the_system(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"), replacing(tmp_path / "nowhere" / "offer.csv"):
        pass


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_the_rights_of_the_old_file_hold_for_the_new_one(tmp_path):
    path = tmp_path / "offer.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    with replacing(path) as new:
        new.write_text("new", encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    link = tmp_path / "offer.csv"
    link.symlink_to("real.csv")
    with replacing(link) as new:
        new.write_text("new", encoding="utf-8")
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8") == "new"
