"""Every setting, in one typed class, read once by bootstrap."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

OPENAI = "https://api.openai.com/v1"


class Settings(BaseSettings):
    """Settings from the environment, `FIVEGAP_…` unless another name is given; all have working defaults."""

    model_config = SettingsConfigDict(env_prefix="FIVEGAP_", extra="ignore", populate_by_name=True)

    var: Path = Field(default=Path("var"), description="Folder for everything that is stored.")
    database_url: SecretStr | None = Field(
        default=None, description="PostgreSQL as postgresql+psycopg://user:password@host/name; SQLite under var when not set."
    )
    host: str = Field(default="127.0.0.1", description="Address to serve on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to serve on.")
    public_url: str | None = Field(default=None, description="Where people reach the server, when a proxy stands before it.")
    secret: SecretStr | None = Field(default=None, description="Signs the visitor cookie; made and kept under var when not set.")
    chroma_url: str | None = Field(default=None, description="A Chroma server; embedded and local when not set.")
    brand: Path | None = Field(default=None, description="A file with name, logo, colours and contact for the reports.")
    most_sockets: int = Field(default=500, ge=1, description="Open chat connections at most.")
    log_level: str = Field(default="info", description="debug, info, warning or error.")

    log_format: Literal["text", "json"] = Field(default="text", description="How log lines are written.")
    metrics_token: SecretStr | None = Field(default=None, description="Opens /metrics and /operator from elsewhere than this machine.")

    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY", description="Key for the language model.")
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL", description="Any OpenAI-compatible endpoint.")
    assessor: Literal["auto", "encoder"] = Field(default="auto", description="encoder: do without a language model though there is one.")
    model_careful: str = Field(default="gpt-6.1-terra", description="Model that reads answers.")
    model_fast: str = Field(default="gpt-6-luna", description="Model that words questions and explanations.")
    model_temperature: float | None = Field(default=None, ge=0, le=2, description="Sent along only when set.")
    model_effort: str | None = Field(default=None, description="Reasoning effort, sent along only when set.")
    model_length_limits: bool = Field(default=False, description="Put lengths into schemas: for llama.cpp and other hosts that keep them.")
    model_trust: float = Field(default=0.8, gt=0, lt=1, description="How often the model names the exact level; less for a small one.")
    turn_seconds: float = Field(default=12.0, gt=0, description="How long a turn may wait for the model.")
    budget_audit_usd: float = Field(default=0.5, gt=0, description="What an audit's model calls may cost.")
    budget_day_usd: float = Field(default=20.0, gt=0, description="What a day's model calls may cost.")
    prompts: str = Field(default="v1", description="The set of prompts in use; an earlier one rolls back.")
    prompts_canary: str | None = Field(default=None, description="A set of prompts to try on some new audits.")
    prompts_canary_share: float = Field(default=0.1, ge=0, le=1, description="Share of new audits that the canary gets.")

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
    def has_model(self) -> bool:
        """Whether a language model is configured and wanted."""
        return self.assessor == "auto" and bool(self.openai_api_key or self.openai_base_url)

    @property
    def model_host(self) -> str | None:
        """The host that what people say is sent to; None where a model runs on this machine, or there is none."""
        host = urlsplit(self.openai_base_url or OPENAI).hostname
        return host if self.has_model and host not in ("127.0.0.1", "localhost", "::1") else None

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.var / 'fivegap.db'}"

    @property
    def shown_database(self) -> str:
        """The address of the database as it may be shown: without who logs in, and how."""
        scheme, _, rest = self.database.partition("://")
        return f"{scheme}://{rest.rpartition('@')[2]}"

    @property
    def playbook(self) -> Path:
        """The folder of the embedded Chroma store."""
        return self.var / "chroma"
