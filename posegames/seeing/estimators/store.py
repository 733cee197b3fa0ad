"""The store of model files: finds, fetches and verifies them. Nothing unverified leaves it unnoticed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from posegames.errors import ModelError
from posegames.files import sha256_of, write_whole
from posegames.resources import CACHE_VARIABLE, cache_dir
from posegames.seeing.estimators.download import RouteError
from posegames.seeing.estimators.models import MODELS, MOST_BYTES, NEEDED, Model, find_model
from posegames.seeing.estimators.routes import ROUTES, Progress, Route, silent

MODELS_VARIABLE = "POSEGAMES_MODELS"
"""Environment variable: a folder of model files, or one, to use instead of the store's."""

OFFLINE_VARIABLE = "POSEGAMES_OFFLINE"
"""Environment variable: anything but "" and "0" forbids the network."""

State = Literal["good", "missing", "damaged", "own"]
"""own: the user's own file of another content than the publisher's, used as it is."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What `ModelStore.check` found about one model."""

    model: Model
    state: State
    path: Path
    """Where it is, or would be."""
    problem: str = ""
    """Why it is not good, in a few words."""


class ModelStore:
    """Model files: the user's own first, then the verified ones of the cache, then the network.

    Every file is verified (size, sha256) each time it is asked for; both nets take 10 ms.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        own: Path | None = None,
        offline: bool | None = None,
        routes: Sequence[Route] = ROUTES,
    ) -> None:
        """Keep files in `folder` (None: the user's cache), creating it when the first is written.

        `own` is a model file or a folder of them (None: what POSEGAMES_MODELS says); `offline` forbids the
        network (None: what POSEGAMES_OFFLINE says).
        """
        self.folder = folder or cache_dir() / "models"
        given = os.environ.get(MODELS_VARIABLE)
        self._own = own or (Path(given) if given else None)
        self._offline = os.environ.get(OFFLINE_VARIABLE, "0") not in ("", "0") if offline is None else offline
        self._routes = routes
        self.notes: list[str] = []
        """What the user should be told once: own files that are not the publisher's."""

    def path(self, name: str, progress: Progress | None = None) -> Path:
        """Return the file of the model called `name`, fetched if need be.

        Raises UsageError for an unknown name, ModelError if it cannot be had, and what `progress` raises.
        """
        model = find_model(name)
        if (own := self._own_file(model)) is not None:
            problem = _problem(own, model)
            note = f"{own} is not the publisher's {model.file} ({problem}); it is used because you chose it."
            if problem and note not in self.notes:
                self.notes.append(note)
            return own
        return self.fetch(name, progress)

    def fetch(self, name: str, progress: Progress | None = None) -> Path:
        """Return the store's verified file of the model called `name`, fetched unless it is there and good.

        Raises UsageError for an unknown name, ModelError if it cannot be had, and what `progress` raises.
        """
        model = find_model(name)
        path = self.folder / model.file
        if problem := _problem(path, model):
            self._fetch(model, problem, progress or silent)
        return path

    def check(self, names: Iterable[str] = NEEDED) -> list[Checked]:
        """Return the state of the models of these names, without fetching.

        Raises UsageError for an unknown name, ModelError if the user's own file cannot be read.
        """
        return [self._checked(find_model(name)) for name in names]

    def origins(self, name: str) -> list[str]:
        """Return the ways by which the model called `name` can come here. Raises UsageError."""
        model = find_model(name)
        return [route.name for route in self._routes if route.has(model)]

    def _checked(self, model: Model) -> Checked:
        own = self._own_file(model)
        path = own or self.folder / model.file
        problem = _problem(path, model)
        if not problem:
            return Checked(model, "good", path)
        if own:
            return Checked(model, "own", path, problem)
        return Checked(model, "missing" if problem == _MISSING else "damaged", path, problem)

    def _own_file(self, model: Model) -> Path | None:
        """Return the user's own file that stands for `model`. Raises ModelError if it cannot be read."""
        own = self._own
        if own is None:
            return None
        try:
            if own.is_dir():
                own /= model.file
                if not own.exists():
                    return None
            with own.open("rb") as file:
                file.read(1)
        except OSError as error:
            raise ModelError(
                f"Your model file {own} cannot be read.",
                f"({error.strerror or error})",
                f"Check --model and {MODELS_VARIABLE}, or leave them out to use the store's.",
            ) from error
        # A single file stands for the model it is named after; one of any other name for the landmark net, if it
        # is of its kind: POSEGAMES_MODELS may name the file of another estimator.
        stands_for_it = own.name == model.file or (
            own.suffix.lower() == ".tflite" and own.name not in _FILES and model.name != "pose_detection"
        )
        return own if stands_for_it else None

    def _fetch(self, model: Model, problem: str, progress: Progress) -> None:
        reasons: list[str] = []
        if self._offline:
            reasons.append(f"{OFFLINE_VARIABLE} forbids the network")
        for route in () if self._offline else self._routes:
            if route.has(model):
                try:
                    self._take(route, model, progress)
                except RouteError as error:
                    reasons.append(f"{route.name}: {error}")
                else:
                    return
        raise ModelError(
            f"The model file {self.folder / model.file} is {problem} and could not be fetched.",
            f"({'; '.join(reasons)}.)",
            "Go online and run 'posegames models fetch'; "
            f"or copy {model.file} into {self.folder} by hand; or set {MODELS_VARIABLE} to a folder that has it.",
        )

    def _take(self, route: Route, model: Model, progress: Progress) -> None:
        """Keep what `route` brings. Raises RouteError, ModelError if it cannot be written."""
        with closing(route.take(model, progress)) as deliveries:
            for brought, pieces in deliveries:
                path = self.folder / brought.file
                if brought != model and not _problem(path, brought):
                    continue
                try:
                    write_whole(path, _verified(brought, pieces, progress))
                except OSError as error:
                    if not _problem(path, brought):
                        continue  # another process was quicker, and Windows replaces no file in use
                    raise ModelError(
                        f"The model file {path} cannot be written.",
                        f"({error.strerror or error})",
                        f"Make room or allow writing there, or set {CACHE_VARIABLE} to another folder.",
                    ) from error


_MISSING = "missing"
_FILES = frozenset(model.file for model in MODELS.values())


def _problem(path: Path, model: Model) -> str:
    """Return what is wrong with `path` as the file of `model`: "" if nothing is."""
    try:
        size = path.stat().st_size
        if model.size is not None and size != model.size:
            return f"{size:,} bytes instead of {model.size:,}"
        return "" if sha256_of(path) == model.sha256 else "of another content (its sha256 differs)"
    except FileNotFoundError:
        return _MISSING
    except OSError as error:
        return f"unreadable ({error.strerror or error})"


def _verified(model: Model, pieces: Iterator[bytes], progress: Progress) -> Iterator[bytes]:
    """Pass `pieces` on; raise RouteError where they are too many, and at the end if they are not `model`."""
    most, size, digest = model.size or MOST_BYTES, 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise RouteError(f"it sends more than {most:,} bytes")
        digest.update(piece)
        progress(f"Fetching {model.file}", size / most if model.size else None)
        yield piece
    if model.size not in (None, size):
        raise RouteError(f"it sent {size:,} bytes instead of {model.size:,}")
    if digest.hexdigest() != model.sha256:
        raise RouteError("it sent another content than expected (the sha256 differs)")
