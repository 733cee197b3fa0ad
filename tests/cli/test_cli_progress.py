"""How long work is shown: a bar where somebody looks, else a line now and then."""

from __future__ import annotations

import pytest

from posegames.cli.progress import counting


def test_in_a_pipe_few_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with counting("frames") as board:
        board.watch(0, 0, "looking")  # not known yet
        for done in range(1001):
            board.watch(done, 1000, "[red]a.mp4")
        board.line("[1/1] [red]a.mp4: done.")
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert out == ""
    assert len(lines) == 11
    assert (lines[0], lines[9], lines[10]) == (
        "10%: 100 of 1000 frames",
        "100%: 1000 of 1000 frames",
        "[1/1] [red]a.mp4: done.",
    )


def test_on_a_terminal_a_bar_and_lines_that_stay(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with counting("frames") as board:
        board.watch(0, 0, "looking")
        board.watch(250, 1000, "[b]a.mp4")
        board.line("[1/1] [red]:smile:.mp4: done.")
    err = capsys.readouterr().err
    assert "25%  250/1000 frames" in err
    assert "[b]a.mp4" in err
    assert "[1/1] [red]:smile:.mp4: done." in err
    assert "\x1b[2K" in err  # drawn anew
