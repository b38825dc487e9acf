"""Rasa extension point: none; the environment variables that every file of this room reads, in one place.

docs/settings.md is the same table in words; a test keeps the two equal.
"""

import functools
import os
from typing import Any

from pydantic import BaseSettings, Field, ValidationError


class SettingsError(ValueError):
    """A setting is unknown or out of range; the message names it and what is allowed."""


class Settings(BaseSettings):
    """Settings of one process. Times in seconds, sizes in bytes."""

    host: str = Field("127.0.0.1", env="HOST", description="Address that the server listens on.")
    port: int = Field(5005, env="PORT", ge=0, le=65535, description="Port that the server listens on.")
    address: str = Field(
        "http://127.0.0.1:5005",
        env="SIGNPOST_ADDRESS",
        regex=r"^https?://[^\s/]+$",
        description="Public address of the site, for what must name it in full: the description of the data set.",
    )
    endpoints: str = Field(
        "endpoints.yml",
        env="SIGNPOST_ENDPOINTS",
        description="Stores and brokers; endpoints.scale.yml for several processes.",
    )
    model: str = Field(
        "", env="SIGNPOST_MODEL", description="SHA-256 of the model file; any other model stops the start."
    )
    messages_per_minute: int = Field(
        60, env="SIGNPOST_MESSAGES_PER_MINUTE", ge=0, description="Messages a client may send a minute; 0 lifts it."
    )
    conversations_per_minute: int = Field(
        60,
        env="SIGNPOST_CONVERSATIONS_PER_MINUTE",
        ge=0,
        description="Conversations a client may begin a minute, the others wait; 0 lifts it, as no message limit does.",
    )
    all_messages_per_minute: int = Field(
        0,
        env="SIGNPOST_ALL_MESSAGES_PER_MINUTE",
        ge=0,
        description="Messages of everybody together a minute; 0 leaves it to SIGNPOST_TURNS_AT_ONCE.",
    )
    redis_url: str = Field(
        "",
        env="REDIS_URL",
        regex=r"^((redis|rediss|unix)://\S+)?$",
        description="Redis in which processes share the limits and, with endpoints.scale.yml, all else.",
    )
    proxies: int = Field(
        0,
        env="SIGNPOST_PROXIES",
        ge=0,
        le=10,
        description="Proxies in front whose X-Forwarded-For is believed; 0 believes none.",
    )
    real_ip_header: str = Field(
        "",
        env="SIGNPOST_REAL_IP_HEADER",
        regex=r"^[A-Za-z0-9-]*$",
        description="Header in which the proxy in front writes the client's address, always anew: X-Real-IP.",
    )
    forwarded_secret: str = Field(
        "",
        env="SIGNPOST_FORWARDED_SECRET",
        description="Secret by which the proxy's Forwarded header is known (RFC 7239).",
    )
    turns_at_once: int = Field(
        300,
        env="SIGNPOST_TURNS_AT_ONCE",
        gt=0,
        description="Turns under way or waiting at most; beyond it a message gets 503, unless someone is in danger.",
    )
    wait_seconds: float = Field(
        5,
        env="SIGNPOST_WAIT_SECONDS",
        gt=0,
        description="Seconds that a message may have to wait, by the pace of the last ones; beyond it 503.",
    )
    forget_after: float = Field(
        1800, env="SIGNPOST_FORGET_AFTER", gt=0, description="Seconds after its last message until a conversation goes."
    )
    conversations: int = Field(
        30_000,
        env="SIGNPOST_CONVERSATIONS",
        gt=0,
        description="Conversations remembered at most; the oldest go first.",
    )
    origins: str = Field(
        "",
        env="SIGNPOST_ORIGINS",
        description="Sites that may embed the widget, separated by spaces: https://news.example.",
    )
    desk_name: str = Field(
        "", env="SIGNPOST_DESK_NAME", description="Your own people, named first to who wants a person, while open."
    )
    desk_hours: str = Field(
        "", env="SIGNPOST_DESK_HOURS", description="When: MO-FR 09:00-17:00, SA 10:00-12:00; empty is day and night."
    )
    desk_address: str = Field(
        "", env="SIGNPOST_DESK_ADDRESS", description="Their chat or number: https://chat.example or tel:01234567890."
    )
    paused: bool = Field(
        False, env="SIGNPOST_PAUSED", description="1 shows the help page only; operator.yml does it without a restart."
    )
    operator_file: str = Field(
        "operator.yml", env="SIGNPOST_OPERATOR_FILE", description="The operator's switch: pauses, or hides a service."
    )
    run_by: str = Field("", env="SIGNPOST_RUN_BY", description="Who answers for this chat, as visitors read it.")
    contact: str = Field("", env="SIGNPOST_CONTACT", description="How to reach who runs it: an address or a number.")
    complaints: str = Field("", env="SIGNPOST_COMPLAINTS", description="Where a complaint about this chat goes.")
    privacy_notice: str = Field(
        "",
        env="SIGNPOST_PRIVACY_NOTICE",
        description="https address of the privacy notice; unless all four are set, it says it is a demonstration.",
    )
    turn_seconds: float = Field(
        8,
        env="SIGNPOST_TURN_SECONDS",
        gt=0,
        description="Time limit of one turn; then the emergency services are shown.",
    )
    drain_seconds: float = Field(
        10,
        env="SIGNPOST_DRAIN_SECONDS",
        gt=0,
        description="Seconds that turns under way may take to end once the process is told to stop.",
    )
    operator_port: int = Field(
        0,
        env="SIGNPOST_OPERATOR_PORT",
        ge=0,
        le=65535,
        description="Private port of /metrics and /operator, one for each process; 0 has none.",
    )
    operator_host: str = Field(
        "127.0.0.1",
        env="SIGNPOST_OPERATOR_HOST",
        description="Address of the private port; it asks for no password, so never a public one.",
    )
    log_format: str = Field(
        "text",
        env="SIGNPOST_LOG_FORMAT",
        regex="^(text|json)$",
        description="text or json: how a line of the log on standard error is written.",
    )
    text_limit: int = Field(
        4000, env="SIGNPOST_TEXT_LIMIT", gt=0, description="Characters of one message; more gets 422."
    )
    body_limit: int = Field(16_384, env="SIGNPOST_BODY_LIMIT", gt=0, description="Bytes of one request; more gets 413.")

    class Config:
        """Values come from the environment only."""

        env_file = None


def _variables() -> dict[str, str]:
    return {next(iter(f.field_info.extra["env_names"])).upper(): n for n, f in Settings.__fields__.items()}


@functools.lru_cache(maxsize=1)
def settings() -> Settings:
    """Read the settings once. Raises SettingsError for an unknown `SIGNPOST_` name or a value out of range."""
    known = _variables()
    for name in os.environ:
        if name.startswith("SIGNPOST_") and name not in known:
            raise SettingsError(f"{name} is not a setting. Known are: {', '.join(sorted(known))}.")
    try:
        return Settings()
    except ValidationError as error:
        faults = [f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors()]
        raise SettingsError("Setting out of range: " + "; ".join(faults)) from None


def table() -> list[dict[str, Any]]:
    """Return name, default and meaning of each setting, in the order of the class."""
    return [
        {
            "name": name,
            "default": Settings.__fields__[field].default,
            "meaning": Settings.__fields__[field].field_info.description,
        }
        for name, field in _variables().items()
    ]
