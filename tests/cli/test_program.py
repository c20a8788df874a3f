"""Help, version, usage mistakes, and what the command loads before it knows what to do."""

import subprocess
import sys

import pytest

import zuji as library
from tests.cli.conftest import Run

COMMANDS = ("footprint", "template", "convert", "verify", "serve", "factors", "lci")


def test_help_names_every_command_and_the_exit_codes(zuji: Run) -> None:
    done = zuji("--help")
    assert done.returncode == 0
    assert all(command in done.stdout for command in COMMANDS)
    assert "Exit codes: 0" in done.stdout
    assert "completion" not in done.stdout


@pytest.mark.parametrize(
    "command", [*COMMANDS, "factors search", "factors show", "lci import", "lci footprint", "lci simulate"]
)
def test_every_command_explains_itself_in_both_languages(zuji: Run, command: str) -> None:
    done = zuji(*command.split(), "--help")
    assert done.returncode == 0
    assert any("\u4e00" <= character <= "\u9fff" for character in done.stdout)
    assert "Exit codes: 0" in done.stdout


def test_version_is_that_of_the_library(zuji: Run) -> None:
    assert zuji("--version").stdout == f"zuji {library.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("footprint",),
        ("footprint", "a.yaml", "--runs", "-1"),
        ("footprint", "a.yaml", "--runs", "many"),
        ("footprint", "a.yaml", "--date", "yesterday"),
        ("factors", "search", "x", "--kind", "nonsense"),
        ("serve", "--port", "99999"),
    ],
)
def test_wrong_usage_exits_with_two_and_says_why(zuji: Run, arguments: tuple[str, ...]) -> None:
    done = zuji(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nsys.argv = ['zuji', '--help']\n"
        "from zuji.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    heavy = {"numpy", "scipy", "django", "rich", "yaml", "xlsxwriter", "weasyprint", "zuji_web", "pygments"}
    assert "typer" in loaded
    assert not loaded & heavy
    assert not any(
        name.startswith(("zuji.formats", "zuji.lca", "zuji.model")) for name in done.stderr.split()
    )
