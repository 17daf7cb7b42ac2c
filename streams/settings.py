"""All settings, from the environment: `NEWSWIRE_…`. `docs/settings.md` is generated from here."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Read once at start; never changed after."""

    model_config = SettingsConfigDict(
        env_prefix="NEWSWIRE_", env_ignore_empty=True, frozen=True, extra="forbid"
    )

    broker: str = Field(
        default="embedded",
        description="`embedded`, `embedded://127.0.0.1:PORT`, or `kafka://HOST:PORT[,HOST:PORT…]`.",
    )
    data: Path = Field(
        default=Path(".newswire"), description="Directory of the embedded broker's data and logs."
    )
    seeds: Path = Field(default=ROOT / "seeds", description="Directory of the data files.")
    web_host: str = Field(
        default="127.0.0.1", description="Address that the live page and the metrics bind to."
    )
    web_port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=6066, description="Port of the live page, `/metrics`, `/healthz` and `/readyz`."
    )
    batch_max: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=100, description="Articles that an agent takes at once, at most."
    )
    batch_seconds: Annotated[float, Field(gt=0, le=10)] = Field(
        default=0.01, description="How long an agent waits for a batch to fill, in seconds."
    )
    window_days: Annotated[int, Field(ge=1, le=365)] = Field(
        default=3, description="Days in which a repeated text is a duplicate."
    )
    versions_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=30, description="Days after its last version for which a uri is remembered."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least level that is logged."
    )
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto", description="`auto`: colours on a terminal, JSON elsewhere."
    )
