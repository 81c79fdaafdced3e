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

from storage.faults import Mendable

TOKEN_VARIABLE = "NUANYANG_TELEGRAM_TOKEN"  # noqa: S105 - the name of a variable, not a secret


class ConfigError(Mendable):
    """What is configured cannot be used."""


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
    """Read the config file; None gives the defaults.

    Relative paths are taken from the config file's own folder. Raises ConfigError.
    """
    if path is None:
        return _with_environment(Config())
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError("no_config", file=str(path), folder=str(path.parent)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("config_no_toml", file=str(path), reason=str(error)) from error
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        raise _wrong(path, error) from error
    return _with_environment(_anchored(config, path.parent))


def _anchored(config: Config, home: Path) -> Config:
    """Every path as seen from the config file's own folder, wherever the command is typed."""
    sections = {}
    for name in ("data", "web"):
        section = getattr(config, name)
        paths = {key: home / value for key, value in section if isinstance(value, Path)}
        sections[name] = section.model_copy(update=paths)
    if "/" in config.hearing.model:  # a folder, and no name in the store
        sections["hearing"] = config.hearing.model_copy(update={"model": str(home / config.hearing.model)})
    return config.model_copy(update=sections)


def _with_environment(config: Config) -> Config:
    token = os.environ.get(TOKEN_VARIABLE, "")
    if not token:
        return config
    return config.model_copy(update={"telegram": config.telegram.model_copy(update={"token": SecretStr(token)})})


def _wrong(path: Path, error: ValidationError) -> ConfigError:
    """The first fault in the file, with its key."""
    fault = error.errors()[0]
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] != "extra_forbidden":
        said = {f"meaning_{language}": words for language, words in sentences().get(key, {}).items()}
        return ConfigError("config_value", file=str(path), name=key, reason=fault["msg"], **said)
    near = get_close_matches(key, known_keys(), n=1)
    if not near:
        return ConfigError("config_key", file=str(path), name=key)
    return ConfigError("config_key_near", file=str(path), name=key, near=near[0])


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
