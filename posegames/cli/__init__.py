"""The command line. It imports a command's module when that command is called, and nothing heavy before."""

from __future__ import annotations

import errno
import os
import sys
import traceback

import click

from posegames import __version__
from posegames.cli.group import Entry, LazyGroup
from posegames.errors import PosegamesError

DEBUG_VARIABLE = "POSEGAMES_DEBUG"
"""Environment variable that does what `--debug` does."""

INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended: 128 + SIGINT."""


COMMANDS: dict[str, Entry] = {
    "play": Entry("posegames.cli.play:play", "Play: a webcam, a video, a tape, or the built-in stage."),
    "scenes": Entry("posegames.cli.scenes:scenes", "List the scenes there are to play."),
    "levels": Entry("posegames.cli.levels:levels", "List, show, make and check levels; keep your own."),
    "gestures": Entry("posegames.cli.gestures:gestures", "List, test and teach gestures."),
    "scores": Entry("posegames.cli.scores:scores", "Show the best scores, and how players get on."),
    "forget": Entry("posegames.cli.forget:forget", "Delete scores, names and settings."),
    "record": Entry("posegames.cli.record:record", "Record bodies, not pictures, to a tape."),
    "track": Entry("posegames.cli.track:track", "Track a video or pictures, and write the poses to a file."),
    "cameras": Entry("posegames.cli.cameras:cameras", "List the cameras that answer."),
    "models": Entry("posegames.cli.models:models", "List, fetch and check the model files."),
    "evaluate": Entry("posegames.cli.evaluate:evaluate", "Compare estimators with people whose joints are known."),
    "bench": Entry("posegames.cli.bench:bench", "Measure how fast it is here, beside others."),
    "doctor": Entry("posegames.cli.doctor:doctor", "Check this machine, and say what to do."),
}


class Commands(LazyGroup):
    """All commands, and what becomes of what goes wrong in them."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; turn what went wrong into sentences on stderr and an exit code."""
        try:
            return super().invoke(ctx)
        except (PosegamesError, OSError) as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # the reader of our output has left: click ends quietly
            if ctx.params["debug"]:
                traceback.print_exc()
            else:
                click.echo(_sentences(error), err=True)
            ctx.exit(error.exit_code if isinstance(error, PosegamesError) else 1)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)


def _sentences(error: PosegamesError | OSError) -> str:
    if isinstance(error, PosegamesError):
        return str(error)
    where = f" ({error.filename})" if error.filename else ""
    return f"The system refused: {error.strerror or error}{where}. Run again with --debug to see where."


@click.group(
    cls=Commands,
    table=COMMANDS,
    epilog="Example: posegames play",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--debug", is_flag=True, envvar=DEBUG_VARIABLE, help="On an error, show where it happened.")
@click.version_option(__version__, prog_name="posegames")
def root(*, debug: bool) -> None:
    """Games you play with your body: a webcam, a plain laptop, and an engine to make your own."""


def main() -> None:
    """Run the command line; the way in of the `posegames` command."""
    try:
        root(prog_name="posegames", standalone_mode=True)
    finally:
        # What waits in the buffer for a reader that has left would be complained about after our end.
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
