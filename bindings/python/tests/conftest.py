"""What all tests share: they run at the project's root, beside the command."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
COMMAND = os.path.abspath(os.environ["ASSESS"]) if "ASSESS" in os.environ else "assess"
FERRY = """
assessment "Will the ferry run?" { as of: 2025-03-01 }
horizon june: until 2025-06-30
horizon autumn: until 2025-09-30
outcome docked
final outcome running
prior { running: 25% by june, 75% by autumn, docked: rest }
event strike { chance: 10% by june, 15% by autumn, weight against running: strong }
factor trials { weight for running: moderate }
expect running by autumn: at least 20%
"""


@pytest.fixture(autouse=True)
def _at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def printed(*arguments: str) -> str:
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=False).stdout
