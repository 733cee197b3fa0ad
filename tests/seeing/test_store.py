from __future__ import annotations

import errno
import hashlib
import os
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from posegames import files
from posegames.errors import ModelError, UsageError
from posegames.seeing.estimators import routes
from posegames.seeing.estimators import store as store_module
from posegames.seeing.estimators.bundle import bundle
from posegames.seeing.estimators.download import RouteError, chunks, opened
from posegames.seeing.estimators.models import MODELS, Model
from posegames.seeing.estimators.routes import Deliveries, Progress, Route
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.estimators.stripped import WANTED, strip, stripped

CONTENTS = {name: f"the net {name}".encode() * 3000 for name in ("pose_detection", "pose_landmark_full")}


@pytest.fixture(autouse=True)
def small_models(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the table's rows stand for small made-up files, except where the real nets are run."""
    for variable in (store_module.MODELS_VARIABLE, store_module.OFFLINE_VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    if request.node.get_closest_marker("model"):
        return
    rows = {
        name: Model(
            name=name,
            what="",
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            member=f"nets/{name}.tflite",
        )
        for name, content in CONTENTS.items()
    }
    for module in ("models", "store", "routes"):
        monkeypatch.setattr(f"posegames.seeing.estimators.{module}.MODELS", rows)


class Line:
    """A route that delivers what it is given, and counts how often it is asked."""

    def __init__(self, delivery: Callable[[Model], Iterator[bytes]]) -> None:
        self.asked: list[str] = []
        self.closed = 0
        self._delivery = delivery
        self.route = Route("the test line", lambda _: True, self._take)

    def _take(self, model: Model, _progress: Progress) -> Deliveries:
        self.asked.append(model.name)
        try:
            yield model, self._delivery(model)
        finally:
            self.closed += 1


def whole(model: Model) -> Iterator[bytes]:
    content = CONTENTS[model.name]
    yield content[:1000]
    yield content[1000:]


def test_a_missing_file_is_fetched_once_with_progress(tmp_path: Path) -> None:
    line, told = Line(whole), list[tuple[str, float | None]]()
    store = ModelStore(tmp_path / "models", routes=[line.route])
    path = store.path("pose_detection", lambda message, share: told.append((message, share)))
    assert path.read_bytes() == CONTENTS["pose_detection"]
    assert told[-1] == ("Fetching pose_detection.tflite", 1.0)
    assert store.path("pose_detection.tflite") == path
    assert line.asked == ["pose_detection"]
    assert line.closed == 1


def test_an_unknown_name_gets_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="pose_landmark_full"):
        ModelStore(tmp_path).path("pose_landmark_ful")


def broken_off(model: Model) -> Iterator[bytes]:
    yield CONTENTS[model.name][:5000]
    raise RouteError("it broke off")


BAD_DELIVERIES: dict[str, tuple[Callable[[Model], Iterator[bytes]], str]] = {
    "too short": (lambda model: iter([CONTENTS[model.name][:-1]]), "instead of"),
    "too long": (lambda model: iter([CONTENTS[model.name], b"x"]), "more than"),
    "endless": (lambda _: (b"x" * 65536 for _ in iter(int, 1)), "more than"),
    "another": (lambda model: iter([CONTENTS[model.name][:-1] + b"?"]), "sha256"),
    "empty": (lambda _: iter([]), "0 bytes"),
    "broken off": (broken_off, "broke off"),
}


@pytest.mark.parametrize("delivery", BAD_DELIVERIES)
def test_a_bad_delivery_is_refused_and_leaves_nothing_behind(tmp_path: Path, delivery: str) -> None:
    deliver, reason = BAD_DELIVERIES[delivery]
    store = ModelStore(tmp_path, routes=[Line(deliver).route])
    with pytest.raises(ModelError, match=reason) as caught:
        store.path("pose_detection")
    assert "missing" in caught.value.what
    assert list(tmp_path.iterdir()) == []


def test_the_next_route_is_tried_when_one_fails(tmp_path: Path) -> None:
    bad, good = Line(broken_off), Line(whole)
    ModelStore(tmp_path, routes=[bad.route, good.route]).path("pose_detection")
    assert (len(bad.asked), len(good.asked)) == (1, 1)


def test_ctrl_c_and_a_cancelling_listener_leave_nothing_behind(tmp_path: Path) -> None:
    def cancel(_message: str, _share: float | None) -> None:
        raise KeyboardInterrupt

    line = Line(whole)
    with pytest.raises(KeyboardInterrupt):
        ModelStore(tmp_path, routes=[line.route]).path("pose_detection", cancel)
    assert list(tmp_path.iterdir()) == []
    assert line.closed == 1


def test_a_full_disk_keeps_the_old_file_and_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "pose_detection.tflite"
    old.write_bytes(b"old")

    def no_space(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(ModelError, match=r"cannot be written.*No space left.*POSEGAMES_CACHE"):
        ModelStore(tmp_path, routes=[Line(whole).route]).path("pose_detection")
    assert [path.name for path in tmp_path.iterdir()] == [old.name]
    assert old.read_bytes() == b"old"


def test_a_cache_that_is_no_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match="POSEGAMES_CACHE"):
        ModelStore(tmp_path / "file" / "models", routes=[Line(whole).route]).path("pose_detection")


DAMAGES: dict[str, bytes] = {
    "empty": b"",
    "truncated": CONTENTS["pose_detection"][:777],
    "one byte": b"?" + CONTENTS["pose_detection"][1:],
    "longer": CONTENTS["pose_detection"] + b"?",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_fetched_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "pose_detection.tflite"
    path.write_bytes(DAMAGES[damage])
    store = ModelStore(tmp_path, routes=[Line(whole).route])
    assert store.check(["pose_detection"])[0].state == "damaged"
    assert store.path("pose_detection").read_bytes() == CONTENTS["pose_detection"]
    assert store.check(["pose_detection"])[0].state == "good"


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_never_used_offline(
    tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pose_detection.tflite").write_bytes(DAMAGES[damage])
    line = Line(whole)
    monkeypatch.setenv("POSEGAMES_OFFLINE", "1")
    with pytest.raises(ModelError) as caught:
        ModelStore(tmp_path, routes=[line.route]).path("pose_detection")
    assert line.asked == []
    for word in ("pose_detection.tflite", "POSEGAMES_OFFLINE", "models fetch", "POSEGAMES_MODELS", str(tmp_path)):
        assert word in str(caught.value)


@pytest.mark.parametrize(("value", "offline"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_the_offline_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, offline: bool) -> None:
    monkeypatch.setenv("POSEGAMES_OFFLINE", value)
    line = Line(whole)
    store = ModelStore(tmp_path, routes=[line.route])
    if offline:
        with pytest.raises(ModelError):
            store.path("pose_detection")
    else:
        store.path("pose_detection")
    assert bool(line.asked) is not offline


def test_two_at_once_do_each_other_no_harm(tmp_path: Path) -> None:
    barrier = threading.Barrier(4)

    def slow(model: Model) -> Iterator[bytes]:
        barrier.wait(timeout=60)
        yield from whole(model)

    found: list[bytes] = []

    def work() -> None:
        store = ModelStore(tmp_path, routes=[Line(slow).route])
        found.append(store.path("pose_detection").read_bytes())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert found == [CONTENTS["pose_detection"]] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["pose_detection.tflite"]


class TestOwnFiles:
    def test_a_folder_comes_first_and_the_store_fills_its_gaps(self, tmp_path: Path) -> None:
        own = tmp_path / "own"
        own.mkdir()
        (own / "pose_detection.tflite").write_bytes(CONTENTS["pose_detection"])
        store = ModelStore(tmp_path / "models", own=own, routes=[Line(whole).route])
        assert store.path("pose_detection").parent == own
        assert store.path("pose_landmark_full").parent == tmp_path / "models"
        assert store.notes == []

    def test_another_content_is_used_and_noted_once(self, tmp_path: Path) -> None:
        own = tmp_path / "pose_detection.tflite"
        own.write_bytes(b"mine")
        store = ModelStore(tmp_path / "models", own=own, routes=[Line(whole).route])
        assert store.path("pose_detection") == store.path("pose_detection") == own
        assert len(store.notes) == 1
        assert str(own) in store.notes[0]
        assert store.check(["pose_detection"])[0].state == "own"
        assert store.path("pose_landmark_full").parent == tmp_path / "models"

    def test_a_file_of_any_other_name_is_the_landmark_net(self, tmp_path: Path) -> None:
        own = tmp_path / "mine.tflite"
        own.write_bytes(b"mine")
        store = ModelStore(tmp_path / "models", own=own, routes=[Line(whole).route])
        assert store.path("pose_landmark_full") == own
        assert store.path("pose_detection").parent == tmp_path / "models"

    @pytest.mark.parametrize("name", ["pose_detection", "pose_landmark_full"])
    def test_a_missing_one_is_an_error_not_a_download(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        line = Line(whole)
        monkeypatch.setenv("POSEGAMES_MODELS", str(tmp_path / "nowhere"))
        with pytest.raises(ModelError, match=r"nowhere.*POSEGAMES_MODELS"):
            ModelStore(tmp_path / "models", routes=[line.route]).path(name)
        assert line.asked == []

    def test_the_variable_names_a_folder_too(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "pose_detection.tflite").write_bytes(CONTENTS["pose_detection"])
        monkeypatch.setenv("POSEGAMES_MODELS", str(tmp_path))
        assert ModelStore(tmp_path / "models", routes=[]).path("pose_detection").parent == tmp_path


def make_wheel(folder: Path, contents: dict[str, bytes]) -> Path:
    """Write a wheel that pip takes for the one we ask for."""
    path = folder / "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl"
    info = "mediapipe-0.10.21.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(f"nets/{name}.tflite", content)
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: mediapipe\nVersion: 0.10.21\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: cp311-cp311-manylinux_2_28_x86_64\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


WHEEL_ROUTE = routes.ROUTES[1]


class TestWheel:
    @pytest.fixture(autouse=True)
    def only_this_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Point pip at a folder of our own, and nowhere else."""
        folder = tmp_path / "index"
        folder.mkdir()
        for name in [name for name in os.environ if name.startswith("PIP_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
        return folder

    def test_one_fetch_brings_both_nets(self, tmp_path: Path, only_this_folder: Path) -> None:
        make_wheel(only_this_folder, CONTENTS)
        told: list[str] = []
        store = ModelStore(tmp_path / "models", routes=[WHEEL_ROUTE])
        store.path("pose_landmark_full", lambda message, _: told.append(message))
        assert {path.name for path in store.folder.iterdir()} == {f"{name}.tflite" for name in CONTENTS}
        assert "Fetching the nets with pip" in told

    def test_without_it_pip_says_why(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"pip: No matching distribution"):
            ModelStore(tmp_path / "models", routes=[WHEEL_ROUTE]).path("pose_detection")

    def test_a_wheel_without_the_nets_is_refused(self, tmp_path: Path, only_this_folder: Path) -> None:
        make_wheel(only_this_folder, {})
        with pytest.raises(ModelError, match="not the wheel it should be"):
            ModelStore(tmp_path / "models", routes=[WHEEL_ROUTE]).path("pose_detection")

    def test_a_wheel_with_a_bomb_is_refused(self, tmp_path: Path, only_this_folder: Path) -> None:
        make_wheel(only_this_folder, {"pose_detection": b"\0" * 30_000_000})
        with pytest.raises(ModelError, match="more than"):
            ModelStore(tmp_path / "models", routes=[WHEEL_ROUTE]).path("pose_detection")
        assert list((tmp_path / "models").iterdir()) == []

    def test_cancelling_ends_pip_and_removes_its_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(scratch))

        def cancel(_message: str, _share: float | None) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            ModelStore(tmp_path / "models", routes=[WHEEL_ROUTE]).path("pose_detection", cancel)
        assert list(scratch.iterdir()) == []


class Publisher(BaseHTTPRequestHandler):
    """A small server: the path says how it behaves."""

    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif self.path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"x" * 10)
        elif self.path == "/good":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"good")
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Publisher) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


class TestDownload:
    HTTP = frozenset({"http"})

    def read(self, url: str, schemes: frozenset[str] | None = None) -> bytes:
        with opened(url, schemes=schemes or self.HTTP) as answer:
            return b"".join(chunks(answer))

    def test_redirections_to_allowed_schemes_are_followed(self, server: str) -> None:
        assert self.read(f"{server}/good") == b"good"
        assert self.read(f"{server}/to/{server}/good") == b"good"

    @pytest.mark.parametrize("target", ["https://127.0.0.1:1/x", "file:///etc/hostname", "ftp://127.0.0.1:1/x"])
    def test_redirections_elsewhere_are_refused(self, server: str, target: str) -> None:
        with pytest.raises(RouteError, match=r"not safe|not allowed"):
            self.read(f"{server}/to/{target}")

    def test_only_https_is_opened(self, server: str) -> None:
        with pytest.raises(RouteError, match=r"not safe \(http\)"), opened(f"{server}/good"):
            pass
        with pytest.raises(RouteError, match=r"not safe \(file\)"), opened("file:///etc/hostname"):
            pass

    def test_failures_are_plain_reasons(self, server: str) -> None:
        with pytest.raises(RouteError, match="404"):
            self.read(f"{server}/nothing")
        with pytest.raises(RouteError, match="no connection"):
            self.read("http://127.0.0.1:1/x")
        with pytest.raises(RouteError, match="no connection"):
            self.read("http://nowhere.invalid/x")
        assert self.read(f"{server}/short") == b"x" * 10  # the store's check of size and sha256 catches it

    def test_something_that_is_no_web_server(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:

            def answer() -> None:
                for _ in range(2):  # the knock, and the real one
                    peer = listener.accept()[0]
                    with peer:
                        peer.sendall(b"\0\0 hello\r\n\r\n")

            thread = threading.Thread(target=answer)
            thread.start()
            with pytest.raises(RouteError, match="no connection"):
                self.read(f"http://127.0.0.1:{listener.getsockname()[1]}/")
            thread.join()


class TestKept:
    def test_it_is_made_once_and_anew_when_damaged(self, tmp_path: Path) -> None:
        made: list[int] = []

        def make() -> bytes:
            made.append(1)
            return b"content"

        path = files.kept(tmp_path, "thing", ".bin", of=[b"source"], make=make)
        assert files.kept(tmp_path, "thing", ".bin", of=[b"source"], make=make) == path
        assert len(made) == 1
        path.write_bytes(b"conten")
        assert files.kept(tmp_path, "thing", ".bin", of=[b"source"], make=make).read_bytes() == b"content"
        assert files.kept(tmp_path, "thing", ".bin", of=[b"another"], make=make) != path
        assert len(made) == 3


@pytest.mark.model
class TestRealNets:
    def test_they_are_what_the_table_says(self, models: ModelStore) -> None:
        assert [found.state for found in models.check()] == ["good", "good"]
        assert MODELS["pose_landmark_full"].size == models.path("pose_landmark_full").stat().st_size

    def test_the_net_without_its_mask_gives_the_same_numbers(self, models: ModelStore, tmp_path: Path) -> None:
        from ai_edge_litert.interpreter import Interpreter

        original = models.path("pose_landmark_full")
        small = stripped(original, folder=tmp_path)
        assert stripped(original, folder=tmp_path) == small
        picture = np.random.default_rng(1).random((1, 256, 256, 3), dtype=np.float32)
        outputs = []
        for path in (original, small):
            net = Interpreter(model_content=path.read_bytes(), num_threads=1)
            net.allocate_tensors()
            net.set_tensor(net.get_input_details()[0]["index"], picture)
            net.invoke()
            outputs.append(
                {tuple(o["shape"].tolist()): net.get_tensor(o["index"]) for o in net.get_output_details()}
            )
        assert tuple(outputs[1]) == WANTED
        for shape, values in outputs[1].items():
            np.testing.assert_array_equal(values, outputs[0][shape])

    def test_other_nets_and_rubbish_are_refused(self, models: ModelStore) -> None:
        landmarks = models.path("pose_landmark_full").read_bytes()
        with pytest.raises(ModelError, match="not a BlazePose landmark net"):
            strip(models.path("pose_detection").read_bytes())
        for rubbish in (b"", b"TFL3", b"\0" * 100, b"\x1c\0\0\0TFL3", b"\xff" * 4 + b"TFL3" + b"\xff" * 500):
            with pytest.raises(ModelError, match="TFLite"):
                strip(rubbish)
        for length in (8, 100, 5000):
            with pytest.raises(ModelError):
                strip(landmarks[:length])

    def test_a_folder_that_cannot_be_written_is_an_error(self, models: ModelStore, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        nets = [models.path(name) for name in ("pose_detection", "pose_landmark_full")]
        with pytest.raises(ModelError, match="POSEGAMES_CACHE"):
            stripped(nets[1], folder=tmp_path / "file")
        with pytest.raises(ModelError, match="POSEGAMES_CACHE"):
            bundle(nets[0], nets[1], folder=tmp_path / "file")

    def test_pose_landmarker_takes_the_bundle(self, models: ModelStore, tmp_path: Path) -> None:
        """In a process of its own: it prints native lines and takes seconds to be imported."""
        if os.environ.get("POSEGAMES_MEDIAPIPE_METRICS") == "refuse":
            pytest.skip("PoseLandmarker reports its use, which POSEGAMES_MEDIAPIPE_METRICS=refuse forbids")
        nets = [models.path(name) for name in ("pose_detection", "pose_landmark_full")]
        task = bundle(nets[0], nets[1], folder=tmp_path)
        assert bundle(nets[0], nets[1], folder=tmp_path) == task
        with zipfile.ZipFile(task) as archive:
            assert [entry.compress_type for entry in archive.infolist()] == [zipfile.ZIP_STORED] * 2
        script = """
import sys
import numpy as np
import mediapipe
from mediapipe.tasks.python import BaseOptions, vision
options = vision.PoseLandmarkerOptions(base_options=BaseOptions(model_asset_path=sys.argv[1]), num_poses=2)
with vision.PoseLandmarker.create_from_options(options) as landmarker:
    black = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.zeros((240, 320, 3), np.uint8))
    print("people:", len(landmarker.detect(black).pose_landmarks))
"""
        done = subprocess.run(
            [sys.executable, "-c", script, str(task)], capture_output=True, text=True, timeout=60, check=False
        )
        assert "people: 0" in done.stdout, done.stderr
