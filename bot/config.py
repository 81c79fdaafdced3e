"""The configuration: one TOML file, every key with a default and a sentence, errors that name key and remedy."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo

TOKEN_VARIABLE = "NUANYANG_TELEGRAM_TOKEN"  # noqa: S105 - the name of a variable, not a secret


class ConfigError(Exception):
    """The config file cannot be used; the message names the key and the remedy."""


def _absent(value: object) -> object:
    return None if value == "" else value


OptionalPath = Annotated[Path | None, BeforeValidator(_absent)]
"""A path, or nothing where the key is empty."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DataConfig(_Section):
    """Where things are kept."""

    folder: Path = Path("data")
    models: OptionalPath = None


class WebConfig(_Section):
    """The web page."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    public_url: str = ""
    certificate: OptionalPath = None
    key: OptionalPath = None
    link_hours: Annotated[int, Field(ge=1, le=720)] = 72
    session_hours: Annotated[int, Field(ge=1, le=720)] = 12


class TelegramConfig(_Section):
    """The Telegram bot; without a token there is none."""

    token: SecretStr = SecretStr("")
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"


class HearingConfig(_Section):
    """Recognition of speech."""

    engine: str = "whisper"
    model: str = ""
    threads: Annotated[int, Field(ge=1, le=64)] = 1


class VoiceConfig(_Section):
    """The voice of the answers."""

    engine: str = "kokoro"
    voice: str = ""
    threads: Annotated[int, Field(ge=1, le=64)] = 2
    cache_mb: Annotated[int, Field(ge=0)] = 200


class DialogueConfig(_Section):
    """How talks are held."""

    expires_minutes: Annotated[int, Field(ge=1)] = 30


class ComputeConfig(_Section):
    """Where audio work runs."""

    workers: Annotated[int, Field(ge=1, le=32)] = 2
    scheduler: str = ""


class Config(_Section):
    """Everything that can be set."""

    language: Literal["zh", "en", ""] = ""
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
            meaning = " / ".join(sentences().get(key, {}).values())
            faults.append(f"the key `{key}` has a wrong value: {fault['msg']}. It is: {meaning}")
    return "; ".join(faults)


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Key or section -> what it means, by language."""
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(
        files("bot").joinpath("config_words.toml").read_text(encoding="utf-8")
    )
    return found


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
    if value is None:
        return ""
    return str(value) if isinstance(value, Path) else value
