"""The files of poses, opened by those who will: numpy, pandas, COCO's own evaluation."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from bodies import sighting, standing
from faster_coco_eval import COCO, COCOeval_faster

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.tools.formats import Origin, format_of
from posegames.tools.looks import Look

VIDEO = Origin(source="squats.mp4", estimator="none", rate=30.0, size=(1280, 720))
ALBUM = replace(VIDEO, source="photos", rate=1.0, named=True)


def half_seen(pose: Pose) -> Pose:
    """Return it without its legs."""
    confidence = pose.confidence.copy()
    confidence[Joint.LEFT_KNEE :] = 0
    return replace(pose, confidence=confidence, score=0.625)


def deep(pose: Pose) -> Pose:
    """Return it with a depth."""
    return replace(pose, z=np.arange(33) / 100, world=np.arange(99).reshape(33, 3) / 10)


ONE, OTHER = deep(standing(0.5)), half_seen(standing(1.3))


def written(path: Path, origin: Origin) -> Path:
    with format_of(path)(path, origin) as sink:
        for number, bodies in enumerate((((1, ONE), (2, OTHER)), (), ((2, OTHER),))):
            one = sighting(number / 30, *(pose for _, pose in bodies), number=number)
            sink.put(Look(one, bodies, (1280, 720) if number < 2 else (640, 360), f"{number}é.jpg"))
    return path


def test_npz_has_a_row_a_player_and_frame(tmp_path: Path) -> None:
    with np.load(written(tmp_path / "a.npz", VIDEO), allow_pickle=False) as found:
        arrays = dict(found)
    assert arrays["number"].tolist() == [0, 0, 2]
    assert arrays["time"] == pytest.approx([0, 0, 2 / 30], abs=1e-12)
    assert arrays["player"].tolist() == [1, 2, 2]
    assert arrays["size"].tolist() == [[1280, 720], [1280, 720], [640, 360]]
    assert arrays["frame_number"].tolist() == [0, 1, 2]
    assert arrays["frame_time"] == pytest.approx([0, 1 / 30, 2 / 30], abs=1e-12)
    np.testing.assert_array_equal(arrays["xy"], np.stack([ONE.xy, OTHER.xy, OTHER.xy]))
    np.testing.assert_array_equal(arrays["confidence"][1], OTHER.confidence)
    assert arrays["score"].tolist() == [1, 0.625, 0.625]
    assert arrays["joints"].tolist() == [joint.name.lower() for joint in Joint]
    assert (str(arrays["source"]), str(arrays["estimator"]), float(arrays["rate"])) == ("squats.mp4", "none", 30)
    assert arrays["xy"].dtype == arrays["z"].dtype == np.float32
    assert ONE.z is not None
    assert ONE.world is not None
    np.testing.assert_array_equal(arrays["z"][0], ONE.z)
    np.testing.assert_array_equal(arrays["world"][0], ONE.world)
    assert np.isnan(arrays["z"][1:]).all()
    assert np.isnan(arrays["world"][1:]).all()
    assert "frame_file" not in arrays


def test_npz_of_pictures_names_them_and_has_no_depth_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with format_of(path)(path, ALBUM) as sink:
        sink.put(Look(sighting(0.0), (), (64, 36), "nobody.jpg"))
        sink.put(Look(sighting(1.0, OTHER, number=1), ((1, OTHER),), (64, 36), "été.png"))
    with np.load(path, allow_pickle=False) as arrays:
        assert arrays["frame_file"].tolist() == ["nobody.jpg", "été.png"]
        assert arrays["frame_file"][np.searchsorted(arrays["frame_number"], arrays["number"])].tolist() == [
            "été.png"
        ]
        assert not {"z", "world"} & set(arrays)


def test_npz_of_nobody_has_arrays_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with format_of(path)(path, VIDEO) as sink:
        sink.put(Look(sighting(0.0), (), (1280, 720)))
    with np.load(path, allow_pickle=False) as arrays:
        assert (arrays["xy"].shape, arrays["number"].shape) == ((0, 33, 2), (0,))
        assert arrays["frame_number"].tolist() == [0]


def test_npz_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    path.write_text("before")

    def broken_off() -> None:
        with format_of(path)(path, VIDEO) as sink:
            sink.put(Look(sighting(0.0, ONE), ((1, ONE),), (1280, 720)))
            raise RuntimeError("mid-way")

    with pytest.raises(RuntimeError, match="mid-way"):
        broken_off()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_pandas_reads_the_csv(tmp_path: Path) -> None:
    import pandas as pd

    table = pd.read_csv(written(tmp_path / "a.csv", VIDEO))
    assert table.shape == (3, 3 + 3 * 33)
    assert (table.dtypes[["number", "player"]] == "int64").all()
    assert (table.dtypes.drop(["number", "player"]) == "float64").all()
    places = table.filter(like="left_wrist")
    assert places["left_wrist_x"].tolist() == pytest.approx(
        [pose.xy[Joint.LEFT_WRIST, 0] for pose in (ONE, OTHER, OTHER)], abs=1e-5
    )
    assert table.groupby("player")["number"].count().to_dict() == {1: 1, 2: 2}
    named = pd.read_csv(written(tmp_path / "b.csv", ALBUM))
    assert named["file"].tolist() == ["0é.jpg", "0é.jpg", "2é.jpg"]


def test_numpy_reads_the_csv(tmp_path: Path) -> None:
    table = np.genfromtxt(written(tmp_path / "a.csv", VIDEO), delimiter=",", names=True)
    assert table["nose_y"] == pytest.approx([pose.xy[0, 1] for pose in (ONE, OTHER, OTHER)], abs=1e-5)


def test_coco_opens_it_and_takes_it_for_truth_and_for_results(tmp_path: Path) -> None:
    """Whoever is compared with themselves is right, and with somebody beside them wrong."""
    path = written(tmp_path / "a.json", VIDEO)
    truth = COCO(str(path))
    assert sorted(truth.getImgIds()) == [0, 1, 2]
    assert sorted(truth.getAnnIds(catIds=truth.getCatIds(catNms=["person"]))) == [1, 2, 3]
    (first, second) = truth.loadAnns(truth.getAnnIds(imgIds=[0]))
    assert (first["num_keypoints"], second["num_keypoints"]) == (17, 17 - 4)
    left, top, width, height = second["bbox"]
    seen = OTHER.xy[OTHER.confidence > 0] * 720
    # COCO has no fingers.
    assert (left, top) == pytest.approx((seen[:, 0].min(), seen[:, 1].min()), abs=12)
    assert top + height == pytest.approx(OTHER.xy[Joint.LEFT_HIP, 1] * 720, abs=8)
    assert second["area"] == pytest.approx(width * height, abs=0.02)
    results = json.loads(path.read_text())["annotations"]

    def precision(shift: float) -> float:
        moved = [
            annotation
            | {"keypoints": [v + shift if i % 3 == 0 else v for i, v in enumerate(annotation["keypoints"])]}
            for annotation in results
        ]
        evaluation = COCOeval_faster(truth, truth.loadRes(moved), "keypoints")
        evaluation.run()
        return float(evaluation.stats_as_dict["AP_all"])

    assert precision(0) == pytest.approx(1)
    assert precision(150) < 0.1


def test_coco_says_which_points_are_joined(tmp_path: Path) -> None:
    (person,) = json.loads(written(tmp_path / "a.json", VIDEO).read_text())["categories"]
    names = person["keypoints"]
    joined = {(names[a - 1], names[b - 1]) for a, b in person["skeleton"]}
    assert ("left_knee", "left_ankle") in joined
    assert len(joined) == 12
    assert all(a.split("_")[0] == b.split("_")[0] for a, b in joined if {a[-3:], b[-3:]} != {a[-3:]})
