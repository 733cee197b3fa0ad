"""`posegames doctor`, as it is typed."""

from __future__ import annotations

import json

from click.testing import CliRunner

from posegames.cli import root
from posegames.tools.doctor import Finding


def test_findings_as_json() -> None:
    result = CliRunner().invoke(root, ["doctor", "--json"])
    findings = [Finding(**row) for row in json.loads(result.stdout)]
    assert {"python", "opencv", "pygame", "cache", "screen", "cameras"} <= {finding.name for finding in findings}
    assert result.exit_code == any(finding.state == "bad" for finding in findings)
    assert all(finding.advice for finding in findings if finding.state != "ok")


def test_findings_as_a_table() -> None:
    result = CliRunner().invoke(root, ["doctor", "--no-cameras"], env={"COLUMNS": "200"})
    assert "what to do" in result.stdout.splitlines()[0]
    assert any(line.startswith("opencv ") for line in result.stdout.splitlines())
    assert "cameras" not in result.stdout
