"""Django's command line: `python -m zuji_web migrate`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zuji_web.settings.base")
    execute_from_command_line([sys.argv[0].replace("__main__.py", "zuji_web"), *sys.argv[1:]])


if __name__ == "__main__":
    main()
