"""`zuji serve`: the platform from an installed environment, with the steps that ./run takes after set-up."""

import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from zuji.cli.answers import Language, LanguageOption, answering
from zuji.errors import ZujiError, problem

_PREPARED = ".served"
_PATIENCE = 90.0  # seconds for the web server to answer


def serve(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口 port")] = 8000,
    host: Annotated[str, typer.Option(help="地址 address")] = "127.0.0.1",
    data_dir: Annotated[Path, typer.Option(help="数据目录 where its data stand")] = Path("var"),
    demo: Annotated[
        bool, typer.Option("--demo/--no-demo", help="载入示例产品 load the example products")
    ] = True,
    lang: LanguageOption = Language.ZH,
) -> None:
    """在本机启动平台 Serve the platform on this machine."""
    with answering(lang):
        _check(host, port)
        environment = _environment(data_dir)
        _prepare(data_dir, environment, demo=demo)
        started = _start(host, port, environment)
    raise typer.Exit(_watch(started, host, port))


def _check(host: str, port: int) -> None:
    if find_spec("zuji_web") is None or find_spec("granian") is None:
        raise ZujiError(
            problem(
                "serve.not_installed",
                "这个环境没有安装平台，只有计算库和命令行",
                "this environment holds the library and the command line, not the platform",
                cure_zh="请在代码目录运行 ./run，或安装 requirements/prod.txt",
                cure_en="use ./run in a checkout, or install requirements/prod.txt",
            )
        )
    if _answers(host, port):
        raise ZujiError(
            problem(
                "serve.port",
                f"端口 {port} 已被占用",
                f"port {port} is in use",
                cure_zh=f"请换一个，例如 --port {port + 1}",
                cure_en=f"take another one, such as --port {port + 1}",
            )
        )


def _answers(host: str, port: int) -> bool:
    import socket

    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def _environment(data_dir: Path) -> dict[str, str]:
    import os

    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        from zuji.cli.answers import UnwritableError

        raise UnwritableError(
            problem(
                "cannot-write",
                f"不能建立数据目录 {data_dir}（{error.strerror}）",
                f"the data directory {data_dir} cannot be made ({error.strerror})",
                cure_zh="请用 --data-dir 给出可写的目录",
                cure_en="name a writable directory with --data-dir",
            )
        ) from error
    return {
        **os.environ,
        "ZUJI_DATA_DIR": str(data_dir.resolve()),
        "DJANGO_SETTINGS_MODULE": "zuji_web.settings.base",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _prepare(data_dir: Path, environment: dict[str, str], *, demo: bool) -> None:
    """Database, static files, reference data and examples; only the first again when nothing changed."""
    _manage(environment, "数据库 database", "migrate", "--verbosity", "0")
    state = _state(environment, demo=demo)
    mark = data_dir / _PREPARED
    if mark.is_file() and mark.read_text(encoding="utf-8") == state:
        return
    _manage(environment, "页面文件 static files", "collectstatic", "--noinput", "--verbosity", "0")
    _manage(environment, "参考数据 reference data", "load_reference")
    if demo:
        _manage(environment, "示例产品 example products", "load_examples")
    mark.write_text(state, encoding="utf-8")


def _state(environment: dict[str, str], *, demo: bool) -> str:
    """What the data directory was prepared from."""
    import zuji
    from zuji.formats import reference

    database = environment.get("DATABASE_URL", "")
    return f"{zuji.__version__} {reference.load().digest} {'demo' if demo else 'plain'} {database}\n"


def _manage(environment: dict[str, str], what: str, *command: str) -> None:
    typer.echo(f"· {what}")
    done = subprocess.run([sys.executable, "-m", "zuji_web", *command], env=environment, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise ZujiError(
            problem(
                "serve.step",
                f"步骤“{what}”没有成功，原因见上",
                f"the step “{what}” failed, see above",
                cure_zh="请按上面的信息处理后重试",
                cure_en="mend what is said above and try again",
            )
        )


def _start(host: str, port: int, environment: dict[str, str]) -> "list[subprocess.Popen[bytes]]":
    """The job worker and the web server."""
    server = ["granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    server += ["--workers", environment.get("WEB_WORKERS", "1"), "--no-ws", "--log-level", "warning"]
    commands = (["zuji_web", "qcluster"], [*server, "zuji_web.wsgi:application"])
    return [
        subprocess.Popen([sys.executable, "-m", *command], env=environment)  # noqa: S603 - our own commands
        for command in commands
    ]


def _watch(processes: "list[subprocess.Popen[bytes]]", host: str, port: int) -> int:
    """Waits until somebody stops it or one of the processes ends, and ends the others; the exit code."""

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    told = False
    begun = time.monotonic()
    try:
        while all(process.poll() is None for process in processes):
            if not told and (told := _answers(host, port)):
                typer.echo(f"✓ 足迹 Zuji: http://{host}:{port}  （Ctrl+C 停止 to stop）")
            if not told and time.monotonic() - begun > _PATIENCE:
                typer.echo("服务未能启动 the server did not start", err=True)
                return 1
            time.sleep(0.2)
    except KeyboardInterrupt:
        return 0
    else:
        typer.echo("服务已退出 the server ended", err=True)
        return 1
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()
