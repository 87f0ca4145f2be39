"""Where the process begins: the command `advisor`, which is the same as ``python -m advisor``.

Nothing is loaded outside the function, so that Ctrl-C is quiet while the rest is still being loaded.
"""

import sys


def main() -> int:
    """Run the command line and give its exit code; 130 also where it is interrupted before it could begin."""
    try:
        from advisor.cli import main as command

        return command()
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrupted\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
