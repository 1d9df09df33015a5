"""The engine: a child process that holds what is slow, native or able to crash. `python -m studio.engine` starts it."""


def main(argv: list[str] | None = None) -> int:
    """Serve the app at the other end of stdin and stdout until it closes them. The frozen app runs it too."""
    from studio.engine.process import main as run

    return run(argv)
