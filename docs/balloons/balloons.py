"""Balloons rise; pop them with your hands."""

import math
import random

from posegames.body.joints import Joint
from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body, draw_figure
from posegames.engine.particles import Particles
from posegames.engine.scene import Cue, Move, Pop, Setup, World
from posegames.engine.view import View
from posegames.events import Event, KeyPressed


class Balloons:
    """Pop the balloons with your hands."""

    def __init__(self, setup: Setup) -> None:
        self.lots, self.sparks, self.popped = random.Random(setup.seed), Particles(), 0
        self.balloons = [(self.lots.uniform(100, 1180), self.lots.uniform(760, 1500)) for _ in range(8)]

    def handle(self, event: Event, world: World) -> Move | None:
        return Pop() if event == KeyPressed("escape") else None

    def update(self, world: World, dt: float) -> Move | None:
        self.sparks.update(dt)
        bodies = [
            (player, Body.of(player.shown, View((0, 0, 1280, 720), world.aspect))) for player in world.players
        ]
        for i, (x, y) in enumerate(self.balloons):
            self.balloons[i] = (x, y - 90 * dt) if y > -60 else (self.lots.uniform(100, 1180), 780)
            for player, body in bodies:
                for hand in (Joint.LEFT_INDEX, Joint.RIGHT_INDEX):
                    if body.seen(hand) and math.dist(body.points[hand], (x, y)) < 60:
                        self.balloons[i] = (self.lots.uniform(100, 1180), 780)
                        self.sparks.burst((x, y), (240, 100, 90), count=24)
                        self.popped += 1
                        world.cue(Cue("success", player.number))
        return None

    def draw(self, canvas: Canvas, world: World) -> None:
        canvas.backdrop()
        for player in world.players:
            body = Body.of(player.shown, View((0, 0, 1280, 720), world.aspect))
            draw_figure(canvas, body, canvas.theme.look(player.number).colour)
        for balloon in self.balloons:
            canvas.disc(balloon, 44, canvas.theme.bad)
        self.sparks.draw(canvas)
        canvas.text(str(self.popped), (640, 80), size=canvas.theme.type.score)
