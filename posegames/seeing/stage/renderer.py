"""From actors to a picture: the empty stage, light, shadows, bodies, and what the lens does to it."""

from __future__ import annotations

from posegames.body.joints import Joint
from posegames.seeing.sighting import Picture
from posegames.seeing.stage.choreography import Actor
from posegames.seeing.stage.clutter import paint_clutter
from posegames.seeing.stage.figure import NECK
from posegames.seeing.stage.lens import Lens
from posegames.seeing.stage.painter import ActorPainter
from posegames.seeing.stage.poster import paint_posters
from posegames.seeing.stage.scenery import Lights, paint_scenery
from posegames.seeing.stage.view import View

_HEELS = [Joint.LEFT_HEEL, Joint.RIGHT_HEEL]
_FEET = [*_HEELS, Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX]


class Renderer:
    """Paints pictures of one size of one cast. Not for two threads at once."""

    def __init__(
        self,
        size: tuple[int, int],
        view: View,
        cast: int,
        *,
        seed: int = 0,
        noise: float = 0.0,
        blur: float = 0.0,
        dark: float = 0.0,
        clutter: int = 0,
        posters: int = 0,
    ) -> None:
        """Paint the empty stage; `size` is width and height in pixels, `lens` explains the rest."""
        width, height = size
        self._view = view
        self._empty = paint_scenery(width, height, view, seed)
        paint_clutter(self._empty, clutter, view, seed)
        paint_posters(self._empty, posters, view)
        self._lights = Lights(height, view, cast)
        self._painters = [ActorPainter(number) for number in range(1, cast + 1)]
        self._lens = Lens(width, height, noise=noise, blur=blur, dark=dark, seed=seed)

    def paint(self, actors: list[Actor], number: int) -> Picture:
        """Return the picture of `actors` (the farthest first), frame `number`; a new array each time."""
        picture = self._empty.copy()
        height = picture.shape[0]
        # Light and shadow lie on the boards, also when the feet leave them.
        floors = [self._view.project(actor.space[_FEET].mean(axis=0) * (1, 0, 1)) * height for actor in actors]
        for actor, floor in zip(actors, floors, strict=True):
            self._lights.shine(picture, floor, float(actor.picture[NECK, 1]) * height)
        for actor, floor in zip(actors, floors, strict=True):
            self._lights.shade(picture, floor, float(actor.space[_HEELS, 1].min()))
            self._painters[actor.number - 1].paint(picture, actor)
        return self._lens.spoil(picture, number)
