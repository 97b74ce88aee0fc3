"""Every setting, in one typed class, read once by bootstrap."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings from the environment, `FIVEGAP_…` unless another name is given; all have working defaults."""

    model_config = SettingsConfigDict(env_prefix="FIVEGAP_", extra="ignore", populate_by_name=True)

    var: Path = Field(default=Path("var"), description="Folder for everything that is stored.")
    host: str = Field(default="127.0.0.1", description="Address to serve on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to serve on.")
    public_url: str | None = Field(default=None, description="Where people reach the server, when a proxy stands before it.")
    secret: SecretStr | None = Field(default=None, description="Signs the visitor cookie; made and kept under var when not set.")
    chroma_url: str | None = Field(default=None, description="A Chroma server; embedded and local when not set.")
    most_sockets: int = Field(default=500, ge=1, description="Open chat connections at most.")
    log_level: str = Field(default="info", description="debug, info, warning or error.")

    langsmith_tracing: bool = Field(default=False, validation_alias="LANGSMITH_TRACING", description="Send traces to LangSmith.")
    langsmith_api_key: SecretStr | None = Field(default=None, validation_alias="LANGSMITH_API_KEY", description="Key for LangSmith.")
    langsmith_endpoint: str | None = Field(default=None, validation_alias="LANGSMITH_ENDPOINT", description="LangSmith's address.")
    langsmith_project: str = Field(default="fivegap", validation_alias="LANGSMITH_PROJECT", description="Project the traces go to.")
    trace_content: bool = Field(default=False, description="Let what people say go into traces.")
    trace_redaction: bool = Field(default=True, description="Take addresses, numbers, keys and known names out of traces.")
    trace_sampling: float = Field(
        default=1.0, ge=0, le=1, validation_alias="LANGSMITH_TRACING_SAMPLING_RATE", description="Share of the turns that are traced."
    )
    trace_to: Literal["langsmith", "otel", "both"] = Field(default="langsmith", description="Where traces go.")
    otlp_endpoint: str | None = Field(
        default=None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT", description="An OpenTelemetry collector's address, over HTTP."
    )

    @property
    def trace_lacks(self) -> tuple[str, ...]:
        """The settings without which traces cannot go where they are meant to."""
        needed: dict[str, object] = {}
        if self.trace_to != "otel":
            needed["LANGSMITH_API_KEY"] = self.langsmith_api_key
        if self.trace_to != "langsmith":
            needed["OTEL_EXPORTER_OTLP_ENDPOINT"] = self.otlp_endpoint
        return tuple(name for name, value in needed.items() if not value)

    @property
    def database(self) -> Path:
        """The database of audits and transcripts."""
        return self.var / "fivegap.db"

    @property
    def checkpoints(self) -> Path:
        """The database of saved interviews."""
        return self.var / "interviews.db"

    @property
    def playbook(self) -> Path:
        """The folder of the embedded Chroma store."""
        return self.var / "chroma"
