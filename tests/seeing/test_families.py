"""The papers' estimators in the table: options by their names, files that users bring, licences."""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import pytest

from posegames.errors import EstimatorError, ModelError, UsageError
from posegames.resources import CACHE_VARIABLE
from posegames.seeing.estimators.consent import TERMS, consent, consented, require_consent
from posegames.seeing.estimators.families import FAMILIES, Family, file_of
from posegames.seeing.estimators.parameters import chosen
from posegames.seeing.estimators.store import MODELS_VARIABLE, ModelStore
from posegames.seeing.estimators.table import ESTIMATORS, check_estimator, make_estimator

ROWS = list(FAMILIES.values())


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing accepted, nothing brought."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.delenv(MODELS_VARIABLE, raising=False)
    for terms in TERMS.values():
        if terms.variable:
            monkeypatch.delenv(terms.variable, raising=False)


def accept(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    if variable := TERMS[family.name].variable:
        monkeypatch.setenv(variable, "accept")


@pytest.mark.parametrize("family", ROWS, ids=lambda family: family.name)
class TestEveryFamily:
    def test_without_a_file_it_is_said_which_from_where_and_under_which_licence(self, family: Family) -> None:
        with pytest.raises(ModelError) as caught:
            check_estimator(family.name)
        for word in (family.file, family.origin, "--model", MODELS_VARIABLE):
            assert word in str(caught.value)
        assert "Apache-2.0" in str(caught.value) or "AGPL-3.0" in str(caught.value)

    def test_a_file_and_a_folder_that_has_one_will_do(
        self, family: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        accept(family, monkeypatch)
        file = tmp_path / family.file
        file.write_bytes(b"weights")
        (tmp_path / f"notes{family.endings[0]}").write_bytes(b"something else")
        for given in (file, tmp_path):
            assert file_of(family, given) == file
            assert make_estimator(family.name, model=given).name == family.name
            monkeypatch.setenv(MODELS_VARIABLE, str(given))
            assert file_of(family, None) == file
        mine = tmp_path / f"mine{family.endings[-1].upper()}"
        assert file_of(family, mine) == mine  # who names a file means it

    def test_two_files_in_a_folder_are_asked_about(self, family: Family, tmp_path: Path) -> None:
        for name in (family.file, f"other-{family.file}"):
            (tmp_path / name).write_bytes(b"weights")
        with pytest.raises(ModelError, match=r"There are 2 .*other-.*Name one: --model FILE"):
            file_of(family, tmp_path)

    def test_a_file_of_another_kind_names_the_estimators_for_it(self, family: Family, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=f"no model file for {family.name}"):
            check_estimator(family.name, tmp_path / "model.task")

    def test_every_option_can_be_said_as_it_stands(self, family: Family) -> None:
        kind = import_module(f"posegames.seeing.estimators.{family.name}").OPTIONS
        usual = kind()
        words = [f"{field.name}={getattr(usual, field.name)}" for field in fields(usual)]
        assert words
        assert chosen(kind, words, family.name) == usual

    def test_an_unknown_option_names_the_nearest(self, family: Family) -> None:
        first = fields(import_module(f"posegames.seeing.estimators.{family.name}").OPTIONS)[0].name
        with pytest.raises(UsageError, match=f"has no option '{first}s'.*{first}"):
            check_estimator(family.name, options=(f"{first}s=1",))

    def test_a_licence_that_binds_is_asked_and_another_told(
        self, family: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / family.file
        file.write_bytes(b"weights")
        assert not consented(family.name)
        if family.free:
            assert TERMS[family.name].variable is None
            require_consent(family.name)
        else:
            with pytest.raises(EstimatorError, match=f"POSEGAMES_{family.name.upper()}_LICENCE=accept"):
                make_estimator(family.name, model=file)
        consent(family.name)
        assert consented(family.name)
        make_estimator(family.name, model=file)
        if not family.free:
            monkeypatch.setenv(str(TERMS[family.name].variable), "refuse")
            with pytest.raises(EstimatorError, match="was not started"):
                make_estimator(family.name, model=file)


def test_one_who_accepts_one_licence_has_accepted_no_other() -> None:
    consent("openpose")
    assert consented("openpose")
    assert not consented("yolo")
    assert not consented("mediapipe")
    assert consented("blazepose")  # it asks nothing


def test_those_the_store_fetches_have_no_options_and_take_no_other_files(tmp_path: Path) -> None:
    for name in set(ESTIMATORS) - set(FAMILIES):
        with pytest.raises(UsageError, match="has no options"):
            check_estimator(name, options=("output_stride=8",))
        with pytest.raises(UsageError, match=r"in .onnx, not in .tflite. Perhaps: --estimator .*yolo"):
            check_estimator(name, tmp_path / "yolo11n-pose.onnx")


def test_another_estimators_file_in_the_environment_stands_for_no_landmark_net(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "yolo11n-pose.onnx"
    file.write_bytes(b"weights")
    monkeypatch.setenv(MODELS_VARIABLE, str(file))
    assert {one.state for one in ModelStore(offline=True).check()} == {"missing"}
    assert file_of(FAMILIES["yolo"], None) == file
    with pytest.raises(ModelError, match="needs a model file"):
        file_of(FAMILIES["posenet"], None)


@dataclass(frozen=True, slots=True)
class Options:
    """Made up."""

    stride: Literal[8, 16, 32] = 16
    threshold: float = 0.5
    most: int = 5
    flip: bool = False
    way: Literal["auto", "one"] = "auto"

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 1:
            raise ValueError("threshold must lie in 0..1.")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), Options()),
        (("stride=8", "flip=Yes", "threshold= 0.25", "most=1"), Options(8, 0.25, 1, flip=True)),
        (("way=one", "flip=0"), Options(way="one")),
        (("most=2", "most=3"), Options(most=3)),
    ],
)
def test_words_become_options(words: tuple[str, ...], expected: Options) -> None:
    assert chosen(Options, words, "made up") == expected


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("stride=9", "stride cannot be '9'. It is one of: 8, 16, 32."),
        ("stride", "The option 'stride' has no value. Say: stride=VALUE"),
        ("=3", "has no option ''"),
        ("tresholds=1", "Did you mean 'threshold'?"),
        ("threshold=much", "threshold cannot be 'much'. It must be a number."),
        ("threshold=nan", "threshold must lie in 0..1."),
        ("threshold=1.01", "threshold must lie in 0..1."),
        ("most=2.5", "It must be a whole number."),
        ("flip=perhaps", "It must be true or false."),
    ],
)
def test_what_is_no_option_is_refused(word: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        chosen(Options, [word], "made up")
    assert message in str(caught.value)


def test_hyphens_will_do() -> None:
    kind: Any = import_module("posegames.seeing.estimators.posenet").OPTIONS
    assert chosen(kind, ["output-stride=8"], "posenet").output_stride == 8
