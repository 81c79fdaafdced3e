"""The configuration: one TOML file, every key with a default and a sentence, errors that name key and remedy."""

from __future__ import annotations

import os
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo

TOKEN_VARIABLE = "NUANYANG_TELEGRAM_TOKEN"  # noqa: S105 - the name of a variable, not a secret


class ConfigError(Exception):
    """The config file cannot be used; the message names the key and the remedy."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DataConfig(_Section):
    """Where things are kept."""

    folder: Annotated[Path, Field(description="Folder of the database, recordings and voice cache.")] = Path("data")
    models: Annotated[
        Path | None, Field(description="Folder of the speech models; empty for the user's own data folder.")
    ] = None


class WebConfig(_Section):
    """The web page."""

    host: Annotated[str, Field(description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="Port to listen on.")] = 8000
    public_url: Annotated[str, Field(description="Address that members' phones open; empty for host and port.")] = ""
    certificate: Annotated[
        Path | None, Field(description="TLS certificate file; phones give a page the microphone only over HTTPS.")
    ] = None
    key: Annotated[Path | None, Field(description="Key file of the certificate.")] = None


class TelegramConfig(_Section):
    """The Telegram bot; without a token there is none."""

    token: Annotated[
        SecretStr, Field(description=f"Bot token; better kept in the environment as {TOKEN_VARIABLE}.")
    ] = SecretStr("")
    base_url: Annotated[str, Field(description="Bot API server.")] = "https://api.telegram.org/bot"
    base_file_url: Annotated[str, Field(description="Bot API file server.")] = "https://api.telegram.org/file/bot"


class HearingConfig(_Section):
    """Recognition of speech."""

    engine: Annotated[str, Field(description="whisper or vosk.")] = "whisper"
    model: Annotated[str, Field(description="Name of a model in the store, or a folder.")] = "whisper-base"
    threads: Annotated[int, Field(ge=1, le=64, description="Processor threads for one recognition.")] = 2


class VoiceConfig(_Section):
    """The voice of the answers."""

    engine: Annotated[str, Field(description="kokoro, or system for pyttsx3.")] = "kokoro"
    voice: Annotated[str, Field(description="Name of the voice.")] = "zf_xiaobei"
    speed: Annotated[float, Field(ge=0.5, le=1.5, description="Pace for members who have not chosen one.")] = 0.85
    threads: Annotated[int, Field(ge=1, le=64, description="Processor threads for one sentence.")] = 2
    cache_mb: Annotated[int, Field(ge=0, description="Size of the cache of spoken clauses, in megabytes.")] = 200


class DialogueConfig(_Section):
    """How talks are held."""

    expires_minutes: Annotated[
        int, Field(ge=1, description="Minutes after which an unanswered question is dropped.")
    ] = 30


class ComputeConfig(_Section):
    """Where audio work runs."""

    workers: Annotated[int, Field(ge=1, le=32, description="Recordings worked on at once on this machine.")] = 2
    scheduler: Annotated[str, Field(description="Address of a Dask scheduler (tcp://…); empty for this machine.")] = ""


class Config(_Section):
    """Everything that can be set."""

    language: Annotated[
        str, Field(pattern="^(zh|en|)$", description="Operator messages: zh, en, or empty for the locale.")
    ] = ""
    data: DataConfig = DataConfig()
    web: WebConfig = WebConfig()
    telegram: TelegramConfig = TelegramConfig()
    hearing: HearingConfig = HearingConfig()
    voice: VoiceConfig = VoiceConfig()
    dialogue: DialogueConfig = DialogueConfig()
    compute: ComputeConfig = ComputeConfig()

    @property
    def database(self) -> Path:
        """The one database file."""
        return self.data.folder / "nuanyang.db"

    @property
    def address(self) -> str:
        """The address that members open, without a slash at the end."""
        scheme = "https" if self.web.certificate else "http"
        return (self.web.public_url or f"{scheme}://{self.web.host}:{self.web.port}").rstrip("/")


def load_config(path: Path | None) -> Config:
    """Read the config file; None or a missing default file gives the defaults.

    Relative folders are taken from the config file's own folder. Raises ConfigError.
    """
    if path is None:
        return _with_environment(Config())
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"There is no config file {path}. Remedy: nuanyang init {path.parent}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no valid TOML: {error}. Remedy: compare it with config.example.toml") from error
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        raise ConfigError(f"{path}: {_explain(error)}") from error
    return _with_environment(_anchored(config, path.parent))


def _anchored(config: Config, home: Path) -> Config:
    data = config.data.model_copy(
        update={
            "folder": home / config.data.folder,
            "models": home / config.data.models if config.data.models else None,
        }
    )
    return config.model_copy(update={"data": data})


def _with_environment(config: Config) -> Config:
    token = os.environ.get(TOKEN_VARIABLE, "")
    if not token:
        return config
    return config.model_copy(update={"telegram": config.telegram.model_copy(update={"token": SecretStr(token)})})


def _explain(error: ValidationError) -> str:
    """The first fault of each key, with its remedy."""
    faults = []
    for fault in error.errors():
        key = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            near = get_close_matches(key, known_keys(), n=1)
            remedy = f"did you mean `{near[0]}`?" if near else "remove it; config.example.toml lists every key"
            faults.append(f"the key `{key}` is not known; {remedy}")
        else:
            field = known_keys().get(key)
            meaning = f" ({field.description})" if field and field.description else ""
            faults.append(f"the key `{key}`{meaning} has a wrong value: {fault['msg']}")
    return "; ".join(faults)


def known_keys() -> dict[str, FieldInfo]:
    """Every key of the config file, dotted, with its definition."""
    keys: dict[str, FieldInfo] = {}
    for name, field in Config.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            keys.update({f"{name}.{inner}": each for inner, each in section.model_fields.items()})
        else:
            keys[name] = field
    return keys


def default_of(field: FieldInfo) -> object:
    """The default of a key, as the example file shows it."""
    value = field.default
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if value is None or (get_args(field.annotation) and value is None):
        return ""
    return str(value) if isinstance(value, Path) else value
