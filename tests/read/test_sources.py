"""Inputs become sources: files, folders, globs, records, standard input, addresses; each policy has one key."""

from __future__ import annotations

import io
import json
import pickle
from pathlib import Path

import pytest

from clausegraph.ingest.read import Limits, ReadError, Source, discover, read_source
from clausegraph.ingest.records import Document

TEXT = "Privacy policy\n\nAcme Widgets collects your name and e-mail address when you register.\n"
Found = dict[str, Document | ReadError]


def read_all(*inputs: str | Path, **options: object) -> dict[str, Document | str]:
    """What each source gives, by name: its document, or the message of its error."""
    found: dict[str, Document | str] = {}
    for source in discover([str(given) for given in inputs], **options):  # type: ignore[arg-type]
        travelled: Source = pickle.loads(pickle.dumps(source))  # to a worker process
        try:
            found[source.name] = read_source(travelled)
        except ReadError as error:
            found[source.name] = str(error)
            assert error.mend
    return found


def keys(*inputs: str | Path, **options: object) -> list[str]:
    return [source.key for source in discover([str(given) for given in inputs], **options)]  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of policies with other things among them."""
    for path in ("acme.txt", "shop/cs/acme.md", "shop/en.html", ".git/x.txt", "shop/.hidden.txt", "logo.png", "notes"):
        file = tmp_path / "policies" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT)
    return tmp_path / "policies"


def test_a_file_is_keyed_by_its_stem(folder: Path) -> None:
    assert keys(folder / "acme.txt", folder / "notes") == ["acme", "notes"]


def test_a_folder_gives_its_readable_files_by_path(folder: Path) -> None:
    assert keys(folder) == ["acme", "shop/en", "shop/cs/acme"]
    assert keys(folder / "shop") == ["en", "cs/acme"]


def test_a_glob_gives_what_it_matches(folder: Path) -> None:
    assert keys(folder / "**" / "*.md") == ["shop/cs/acme"]
    assert keys(folder / "*") == ["acme"]
    assert keys(folder / "*.png") == ["logo"]  # asked for by name
    assert "no readable file matches" in str(read_all(folder / "*.docx"))


def test_a_name_with_brackets_is_a_file_first(tmp_path: Path) -> None:
    (tmp_path / "acme[1].txt").write_text(TEXT)
    assert keys(tmp_path / "acme[1].txt") == ["acme[1]"]


def test_relative_names_stay_relative(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert keys(".") == ["acme", "shop/en", "shop/cs/acme"]
    assert [source.name for source in discover(["shop"])] == ["shop/en.html", "shop/cs/acme.md"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert keys(folder / "acme.txt", folder, folder / "*.txt") == ["acme", "shop/en", "shop/cs/acme"]


def test_two_sources_with_one_key_are_refused_by_name(folder: Path) -> None:
    (folder / "acme.html").write_text(f"<p>{TEXT}")
    found = read_all(folder)
    assert isinstance(found[f"{folder}/acme.html"], Document)
    message = found[f"{folder}/acme.txt"]
    assert isinstance(message, str)
    assert 'the policy "acme"' in message and "acme.txt" in message and "acme.html" in message


def test_one_bad_file_leaves_the_others(folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "locked.pdf").write_bytes(b"no PDF")
    found = read_all(folder, folder / "absent.txt")
    assert sum(isinstance(document, Document) for document in found.values()) == 3
    assert "it is empty" in str(found[f"{folder}/empty.txt"])
    assert "there is no such file" in str(found[f"{folder}/absent.txt"])


def test_a_folder_without_policies_says_so(tmp_path: Path) -> None:
    assert "holds no file to read" in str(read_all(tmp_path))


def test_a_device_is_no_file() -> None:
    assert "no regular file" in str(read_all("/dev/zero"))


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(30_000_000)
    assert "more than 20,000,000 bytes" in str(read_all(tmp_path))


# -- records


def write_records(path: Path, *records: object) -> Path:
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_records_carry_their_identity(tmp_path: Path) -> None:
    path = write_records(
        tmp_path / "a.jsonl",
        {"id": "acme", "lang": "en", "text": TEXT, "licence": "ignored"},
        "",
        {"id": 7, "url": "https://acme.test/p", "html": f"<meta charset=big5><p>{TEXT}</p><p>“quoted”</p>"},
        {"url": "HTTPS://Acme.test:443/a/../privacy#top", "text": TEXT, "html": None},
    )
    found = read_all(path)
    documents = [document for document in found.values() if isinstance(document, Document)]
    assert [document.key for document in documents] == ["acme", "7", "https://acme.test/privacy"]
    assert list(found) == [f"{path}:1", f"{path}:3", f"{path}:4"]
    assert documents[1].url == "https://acme.test/p"
    assert "“quoted”" in documents[1].text and documents[1].media_type == "text/html"


def test_a_record_is_the_utf_8_of_its_text(tmp_path: Path) -> None:
    import hashlib

    text = "Společnost Acme shromažďuje vaše údaje.\r\nA nic víc."
    escaped = json.dumps({"id": "a", "text": text})
    found = read_all(
        write_records(tmp_path / "a.jsonl", escaped), write_records(tmp_path / "b.jsonl", {"id": "b", "text": text})
    )
    for document in found.values():
        assert isinstance(document, Document)
        assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()
        assert document.text == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("record", "cause"),
    [
        ("{not json", "not JSON"),
        ('["a"]', "not a JSON object"),
        ({"id": "a"}, 'neither "text" nor "html"'),
        ({"id": "a", "text": TEXT, "html": TEXT}, 'both "text" and "html"'),
        ({"id": "a", "text": 5}, '"text" is not a string'),
        ({"id": ["a"], "text": TEXT}, '"id" is not a string'),
        ({"text": TEXT}, 'neither "id" nor "url"'),
        ({"url": "ftp://acme.test", "text": TEXT}, "not an http or https address"),
        ('{"id": "a", "text": "\\ud800 is half a character"}', "broken character"),
        ({"id": "a", "lang": "czech", "text": TEXT}, "not a language tag"),
        ({"id": "a", "text": ""}, "it is empty"),
        ({"id": "good", "text": TEXT}, 'would be the policy "good"'),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_record_is_named_and_the_others_read(tmp_path: Path, record: object, cause: str) -> None:
    path = write_records(tmp_path / "a.jsonl", {"id": "good", "text": TEXT}, record, {"id": "last", "text": TEXT})
    found = read_all(path)
    assert isinstance(found[f"{path}:1"], Document) and isinstance(found[f"{path}:3"], Document)
    message = found[f"{path}:2"]
    assert isinstance(message, str) and message.startswith("Cannot read ") and cause in message


def test_a_file_that_is_no_utf_8_is_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"id": "a", "text": "údaje"}\n'.encode("cp1250"))
    assert "not UTF-8 (byte 0xfa at offset 21 of the line)" in str(read_all(path))


def test_a_byte_order_mark_before_records_is_no_part_of_them(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"id": "a", "text": TEXT}).encode() + b"\r\n")
    assert [document.key for document in read_all(path).values() if isinstance(document, Document)] == ["a"]


def test_an_endless_record_is_passed_over(tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.jsonl", {"id": "a", "text": "x" * 5000}, {"id": "b", "text": TEXT})
    found = read_all(path, limits=Limits(max_bytes=1000))
    assert "more than 1,000 bytes" in str(found[f"{path}:1"])
    assert isinstance(found[f"{path}:2"], Document)


# -- standard input, ids


def test_standard_input_needs_an_id() -> None:
    assert "nothing says which policy" in str(read_all("-", stdin=io.BytesIO(TEXT.encode())))
    found = read_all("-", stdin=io.BytesIO(TEXT.encode()), policy_id="acme")
    document = found["standard input"]
    assert isinstance(document, Document) and document.key == "acme" and document.text == TEXT


def test_standard_input_may_hold_records() -> None:
    lines = "\n".join(json.dumps({"id": key, "text": TEXT}) for key in "ab")
    found = read_all("-", stdin=io.BytesIO(lines.encode()))
    assert list(found) == ["standard input:1", "standard input:2"]
    assert all(isinstance(document, Document) for document in found.values())


def test_an_id_names_one_policy(folder: Path) -> None:
    assert keys(folder / "acme.txt", policy_id=" my-policy ") == ["my-policy"]
    for inputs in ([str(folder)], []):
        with pytest.raises(ReadError, match="can name only one policy"):
            list(discover(inputs, policy_id="x"))
    with pytest.raises(ReadError, match="blank"):
        list(discover([str(folder / "acme.txt")], policy_id=" "))


def test_what_is_given_holds_where_sources_are_silent(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Údaje: 1, 2.".encode("iso8859-2"))
    path = write_records(tmp_path / "b.jsonl", {"id": "b", "lang": "en", "text": TEXT})
    found = read_all(tmp_path, language="cs", encoding="iso-8859-2")
    first, second = found[f"{tmp_path}/a.txt"], found[f"{path}:1"]
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.text, first.language) == ("Údaje: 1, 2.", "cs")
    assert second.language == "en"
