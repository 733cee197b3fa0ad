"""A chooser that knows what can be set: controls beside targets, by hand, keys and mouse.

panel = Panel()
panel.show([Slider(key="music", rect=..., label=tr("Music"), value=0.5)], [Target(key=BACK, ...)])
if panel.update(world, dt) == "music":
... = panel["music"].value
"""

from __future__ import annotations

from collections.abc import Iterable

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.chooser import Chooser, Target
from posegames.engine.choosing.controls import LESS, MORE, Control, Slider
from posegames.engine.choosing.extent import away
from posegames.engine.choosing.settable import draw_control
from posegames.engine.scene import Cue, World
from posegames.engine.view import Rect
from posegames.events import Event, KeyPressed, PointerMoved, PointerPressed, PointerReleased

_WAYS = {"left": (-1, LESS), "right": (1, MORE)}


class Panel:
    """Knows the controls of a screen and what they are set to, and the targets beside them."""

    def __init__(self) -> None:
        self.chooser = Chooser()
        self._controls: dict[str, Control] = {}
        self._beside: tuple[Target, ...] = ()
        self._held: str | None = None
        """The key of the slider the mouse has hold of."""

    def __getitem__(self, key: str) -> Control:
        """Return a control as it is now. Raises KeyError."""
        return self._controls[key]

    def show(
        self, controls: Iterable[Control], beside: Iterable[Target] = (), *, focus: str | None = None
    ) -> None:
        """Lay out another set of controls and targets, one target perhaps in focus."""
        self._take(controls, beside)
        self._held = None
        self.chooser.show(self._targets(), focus=focus)

    def keep(self, controls: Iterable[Control], beside: Iterable[Target] = ()) -> None:
        """Lay out the same screen otherwise: focus, hand and ring stay with what is still there."""
        self._take(controls, beside)
        self._lay_out()

    @property
    def focus(self) -> str | None:
        """The key of the control, or of the target beside them, in focus."""
        return None if self.chooser.focus is None else self._of(self.chooser.focus)

    def handle(self, event: Event, world: World) -> str | None:
        """Take keys and mouse; return the key of what was changed or chosen: `BACK` for Escape."""
        match event:
            case KeyPressed(key) if key in _WAYS and (control := self._controls.get(self.focus or "")):
                way, part = _WAYS[key]
                return self._push(control, way, part, world)
            case PointerPressed(x, y, button=1):
                for key, control in self._controls.items():
                    if isinstance(control, Slider) and away(control.bar, (x, y)) == 0:
                        self._held = key
                        return self._pull(control, x, world)
            case PointerMoved(x, _) if self._held is not None:
                held = self._controls[self._held]
                return self._pull(held, x, world) if isinstance(held, Slider) else None
            case PointerReleased():
                self._held = None
        return self._taken(self.chooser.handle(event, world))

    def update(self, world: World, dt: float) -> str | None:
        """Go on by `dt` seconds; return the key of what a hand has changed or chosen."""
        return self._taken(self.chooser.update(world, dt))

    def draw(self, canvas: Canvas, world: World, *, shift: float = 0.0) -> None:
        """Show all controls, `shift` logical pixels to the right of their places, and the hand."""
        for key, control in self._controls.items():
            lifts = {target.key: self.chooser.lift(target.key) for target in control.targets}
            draw_control(canvas, control, lifts, focus=key == self.focus, shift=shift)
        self.chooser.draw(canvas, world)

    def rect(self, key: str) -> Rect:
        """Return where a target beside the controls is to be drawn: those in focus grow."""
        return self.chooser.rect(key)

    def lift(self, key: str) -> float:
        """Return how far a target has come forward, 0..1."""
        return self.chooser.lift(key)

    def _take(self, controls: Iterable[Control], beside: Iterable[Target]) -> None:
        self._controls = {control.key: control for control in controls}
        self._beside = tuple(beside)

    def _targets(self) -> tuple[Target, ...]:
        return (*(target for control in self._controls.values() for target in control.targets), *self._beside)

    def _lay_out(self) -> None:
        """Lay out what the controls have become; the focus stays within one whose end is reached."""
        before = self.focus
        self.chooser.keep(self._targets())
        if self.chooser.focus is None and before in self._controls:
            able = [target.key for target in self._controls[before].targets if target.enabled]
            self.chooser.focus = able[0] if able else None

    def _of(self, key: str) -> str:
        """Return the control that has the target `key`; itself where none has."""
        control = key.removesuffix(LESS).removesuffix(MORE)
        return control if control in self._controls else key

    def _taken(self, key: str | None) -> str | None:
        """Take a target that was chosen; return what that changes."""
        if key is None or (control := self._controls.get(self._of(key))) is None:
            return key
        way = {LESS: -1, MORE: 1}.get(key.removeprefix(control.key), 0)
        self._controls[control.key] = control.pushed(way)
        self._lay_out()
        return control.key

    def _push(self, control: Control, way: int, part: str, world: World) -> str | None:
        """Move a control by an arrow key; None where it goes no farther."""
        pushed = control.pushed(way)
        if pushed == control:
            return None
        end = next((target for target in control.targets if target.key == control.key + part), control.targets[0])
        world.cue(Cue(end.sound))
        self.chooser.focus = end.key
        self._controls[control.key] = pushed
        self._lay_out()
        return control.key

    def _pull(self, slider: Slider, x: float, world: World) -> str | None:
        """Move a slider's knob to `x`; None where that changes nothing."""
        pulled = slider.pulled(x)
        if pulled.value == slider.value:
            return None
        world.cue(Cue("tick"))
        self._controls[slider.key] = pulled
        self._lay_out()
        return slider.key
