"""Jobs for tests of crews; their processes import this module, too."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from posegames.errors import SourceError
from posegames.seeing.cores import cores
from posegames.seeing.estimators.routes import Progress


@dataclass(frozen=True)
class Chore:
    """Does what its name says."""

    name: str
    file: Path | None = None

    def run(self, progress: Progress) -> str:
        match self.name:
            case "refuse":
                raise SourceError("It cannot be opened.", now="Try another.")
            case "fault":
                return self.name[99]
            case "starve":
                raise MemoryError
            case "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "leave":
                os._exit(3)
            case "cores":
                return f"{cores()}"
            case "wait":
                while self.file is not None and not self.file.exists():
                    progress("waiting", 0.25)
        return f"{self.name} done"
