"""`fivegap serve`: the chat and the web pages."""

from typing import Annotated

import typer

from app.cli.terminal import console, settings, words


def serve(
    host: Annotated[str | None, typer.Option(help="Address to serve on [FIVEGAP_HOST].")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on [FIVEGAP_PORT].")] = None,
) -> None:
    """Serve the chat and the reports, on this machine only unless --host says otherwise. Stop with Ctrl+C."""
    import uvicorn

    chosen = settings()
    chosen = chosen.model_copy(update={"host": host or chosen.host, "port": port or chosen.port})
    console.print(words().say("cli.serving", address=f"http://{chosen.host}:{chosen.port}"))
    uvicorn.run("app.server:create_app", factory=True, host=chosen.host, port=chosen.port, log_level=chosen.log_level, access_log=False)
