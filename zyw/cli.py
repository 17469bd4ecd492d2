"""The app."""

import typer

app = typer.Typer()


@app.callback(invoke_without_command=True)
def zyw() -> None:
    """治庸问责."""


def main() -> None:
    """Run the app."""
    app()
