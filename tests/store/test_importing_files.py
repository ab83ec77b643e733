"""Files of events in any encoding, packing and kind: what can be read is, and what cannot be is named."""

import bz2
import gzip
import json
import lzma
import os
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.orc
import pytest
from event_import import AT, HEADER, ROW, Import, events, texts

from penchant.errors import UsageError
from penchant.store.importing.gzipped import ENDS_EARLY, EXPANDS_TOO_MUCH
from penchant.store.importing.rows import NOT_UTF8
from penchant.store.ledger import Ledger


def orc_file(compression: str) -> bytes:
    written = pa.BufferOutputStream()
    pyarrow.orc.write_table(pa.table({"user_id": ["ada"] * 40}), written, compression=compression)
    return bytes(written.getvalue().to_pybytes())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_every_encoding(encoding: str, take: Import, ledger: Ledger) -> None:
    take(f"{HEADER}\r\nada,search,{AT},Käse 奶酪\r\n".encode(encoding))

    assert texts(ledger) == ["Käse 奶酪"]


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [("cp1252", "Crème brûlée – 5 €", "Windows-1252"), ("gb18030", "烤箱和蛋糕架", "GB 18030")],
)
def test_a_table_in_no_unicode_is_read_as_what_it_is_and_the_receipt_says_so(
    encoding: str, text: str, name: str, take: Import, ledger: Ledger
) -> None:
    plain = "".join(f"bob,view,{AT},{number}\n" for number in range(20_000))
    for number, before in enumerate(["", plain]):
        receipt = take(f"{HEADER}\n{before}ada,search,{AT},{text}\n".encode(encoding), f"{number}.csv")

        assert [event.text for event in events(ledger)] == [text]
        assert any(name in note for note in receipt.notes)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("big5", "烤箱與蛋糕架"), ("shift_jis", "能登の塗り椀とソープ"), ("cp1251", "Чайник с розами")],
)
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_a_file_is_read_in_the_encoding_that_is_named(
    encoding: str, text: str, suffix: str, take: Import, ledger: Ledger
) -> None:
    row = {"user_id": "ada", "type": "search", "at": AT, "text": text}
    content = f"{HEADER}\nada,search,{AT},{text}\n" if suffix == "csv" else json.dumps(row, ensure_ascii=False)

    receipt = take(content.encode(encoding), f"events.{suffix}", encoding=encoding.upper())

    assert texts(ledger) == [text]
    assert receipt.notes == []


def test_one_line_that_is_no_utf8_among_lines_that_are_costs_that_line(take: Import) -> None:
    receipt = take(
        f"{HEADER}\nada,search,{AT},Käse\n".encode() + f"ada,search,{AT},Kuh ä\nada,search,{AT},x\n".encode("cp1252")
    )

    assert (receipt.accepted, receipt.reasons) == (2, {NOT_UTF8: 1})


@pytest.mark.parametrize("name", ["events.jsonl.gz", "events.csv.gz"])
def test_a_cut_archive_gives_everything_that_can_be_unpacked(name: str, take: Import, ledger: Ledger) -> None:
    rows = [{"user_id": "ada", "type": "view", "at": AT, "item_id": f"b{number}"} for number in range(300)]
    lines = (
        [json.dumps(row) for row in rows]
        if "jsonl" in name
        else ["user_id,type,at,item_id", *(",".join(row.values()) for row in rows)]
    )
    packed = gzip.compress("".join(f"{line}\n" for line in lines).encode())
    receipt = take(packed[: len(packed) - 200], name)

    assert receipt.reasons == {ENDS_EARLY: 1}
    assert receipt.accepted == receipt.lines - 1 > 200


def test_damage_in_the_checksum_alone_loses_nothing(take: Import) -> None:
    packed = bytearray(gzip.compress(f"{HEADER}\nada,view,{AT},x\nbob,view,{AT},y\n".encode()))
    packed[-6] ^= 1
    receipt = take(bytes(packed), "events.csv.gz")

    assert (receipt.accepted, receipt.reasons) == (2, {ENDS_EARLY: 1})


def test_archives_of_several_members_are_one_file(take: Import) -> None:
    members = [gzip.compress(text.encode()) for text in (f"{HEADER}\nada,view,", f"{AT},x\n", f"bob,view,{AT},y\n")]

    assert take(b"".join(members) + b"\0" * 512, "events.csv.gz").accepted == 2


def test_a_bomb_is_left_alone_once_it_is_known_for_one(take: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("penchant.store.importing.gzipped.UNCHECKED_BYTES", 1024 * 1024)
    good = json.dumps({"user_id": "ada", "type": "view", "at": AT}).encode() + b"\n"
    receipt = take(gzip.compress(good + b"\0" * 50_000_000), "events.jsonl.gz")

    assert receipt.accepted == 1
    assert receipt.reasons.get(EXPANDS_TOO_MUCH) == 1


def test_a_table_under_the_name_of_json_lines_is_read_as_a_table(take: Import, ledger: Ledger) -> None:
    take(f"\ufeffuser_id;type;at;text\nada;search;{AT};jazz\n", "stdin.jsonl")

    assert texts(ledger) == ["jazz"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f"sep=;\n{HEADER}\nada,search,{AT},jazz\n".replace(",", ";").encode(), "events.csv"),
        (f"{json.dumps(ROW)},\n".encode(), "events.jsonl"),
        (f"{json.dumps(ROW)},\r\n".encode(), "events.jsonl"),
        (json.dumps(ROW).encode("utf-32"), "events.jsonl"),
        (gzip.compress(gzip.compress(json.dumps(ROW).encode(), mtime=0), mtime=0), "events.jsonl.gz"),
        (gzip.compress(f"{HEADER}\nada,search,{AT},jazz\n".encode(), mtime=0), "events.gz"),
        (f"{HEADER}\nada,search,{AT},jazz\n".replace(",", "\t").encode("utf-16"), "events.txt"),
        (json.dumps(ROW).encode(), "events"),
        (json.dumps([ROW]).encode(), "events.csv"),
        (f"{json.dumps(ROW)[:-1]},}}\n".encode(), "events.jsonl"),
        (f"{ROW}\n".encode(), "events.jsonl"),
        (f"\x1e{json.dumps(ROW)}\n".encode(), "events.jsonl"),
        (json.dumps({"data": [ROW], "next": None, "has_more": False}).encode(), "events.json"),
    ],
    ids=[
        *("sep line of Excel", "commas behind objects", "the same, CRLF", "UTF-32", "packed twice", "gz alone"),
        *("Unicode text of Excel", "no suffix", "JSON named CSV", "a comma behind the last field", "printed by Python"),
        *("a JSON text sequence", "a page of an API"),
    ],
)
def test_a_file_is_read_however_it_was_passed_on(content: bytes, name: str, take: Import, ledger: Ledger) -> None:
    assert take(content, name).accepted == 1
    assert texts(ledger) == ["jazz"]


def test_a_file_that_was_packed_twice_and_cut_says_so(take: Import) -> None:
    rows = "".join(json.dumps(ROW | {"text": f"{n * 7919}"}) + "\n" for n in range(3_000))
    receipt = take(gzip.compress(gzip.compress(rows.encode()))[:-2_000], "events.jsonl.gz")
    assert receipt.accepted > 0 and ENDS_EARLY in receipt.reasons


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04" + bytes(99), "Excel workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"SQLite format 3\0", "SQLite"),
        (bz2.compress(b"{}"), "bzip2"),
        (lzma.compress(b"{}"), "xz"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", "git lfs pull"),
        (b"\n<!DOCTYPE html>\n<html><body>Sign in</body></html>", "web page"),
        (bz2.compress(b""), "bzip2"),
        (bz2.compress(random.Random(1).randbytes(2_000_000)), "bzip2"),
        *((orc_file(compression), "ORC") for compression in ("uncompressed", "zlib")),
        (gzip.compress(b"events.csv".ljust(257, b"\0") + b"ustar" + bytes(250), mtime=0), "tar archive"),
    ],
)
@pytest.mark.parametrize("name", ["events.csv", "events.jsonl", "events"])
def test_a_file_of_another_kind_is_told_what_it_is(content: bytes, kind: str, name: str, take: Import) -> None:
    with pytest.raises(UsageError, match=kind):
        take(content, name)


@pytest.mark.parametrize("column", ["ORCID", "BZh", "PAR1", "BM", "PK", "ARROW1", "Rar!", "SQLite format 3", "Obj"])
def test_a_column_may_be_called_what_files_of_another_kind_begin_with(
    column: str, take: Import, ledger: Ledger
) -> None:
    receipt = take(f"{column},{HEADER}\n0000-0001,ada,search,{AT},jazz\n")

    assert (receipt.accepted, texts(ledger)) == (1, ["jazz"])


def test_files_that_were_put_one_behind_the_other_lose_no_line(take: Import, ledger: Ledger) -> None:
    file = f"{json.dumps(ROW)}\n".encode("utf-8-sig")
    take(file + file.replace(b"jazz", b"rock"), "events.jsonl")

    assert sorted(map(str, texts(ledger))) == ["jazz", "rock"]


def test_a_pipe_under_a_name_is_refused_with_the_way_to_read_it(take: Import, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "events.csv")

    with pytest.raises(UsageError, match="use `-` instead"):
        take(tmp_path / "events.csv")
