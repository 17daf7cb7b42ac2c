"""How clients show the broker who they are, and know that it is the right one.

In Kafka's own words. A secret is read from its file when a client is made, and is in no
message, no repr and no log: the clients' own debug logs, which have it, stay off (streams.logs).
"""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Self

from aiokafka.abc import AbstractTokenProvider as AsyncTokenProvider
from kafka.net.sasl.oauth import AbstractTokenProvider
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from streams.errors import BrokerError

if TYPE_CHECKING:
    import faust

Mechanism = Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN", "OAUTHBEARER"]
PREFIX = "NEWSWIRE_"
"""Of the variables that hold these fields."""


class Security(BaseModel):
    """What is set; wrong or half of it is refused with what to do next."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        default="PLAINTEXT",
        description="`SSL` is encrypted, `SASL_PLAINTEXT` asks who is there, `SASL_SSL` does both.",
    )
    sasl_mechanism: Mechanism | None = Field(
        default=None,
        description="`SCRAM-SHA-512`, `SCRAM-SHA-256`; with `SASL_SSL` also `PLAIN` and "
        "`OAUTHBEARER`.",
    )
    sasl_username: str | None = Field(default=None, description="Of `PLAIN` and `SCRAM-…`.")
    sasl_password: SecretStr | None = Field(
        default=None, description="Better in a file: an environment is easily shown."
    )
    sasl_password_file: Path | None = Field(
        default=None, description="A file that holds the password and nothing else."
    )
    sasl_oauth_token_file: Path | None = Field(
        default=None,
        description="A file that holds the token of `OAUTHBEARER`. Whoever renews it writes it "
        "anew; it is read for each connection.",
    )
    ssl_cafile: Path | None = Field(
        default=None,
        description="PEM of the authority that signed the broker's certificate. Without it, those "
        "that the system trusts.",
    )
    ssl_certfile: Path | None = Field(
        default=None, description="PEM of our own certificate, where the broker asks for one."
    )
    ssl_keyfile: Path | None = Field(
        default=None,
        description="PEM of its key, not encrypted. Without it, the key is in the certificate's "
        "file.",
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for mistake in self._mistakes():
            raise ValueError(mistake)
        return self

    def kafka_python(self) -> dict[str, Any]:
        """Arguments of kafka-python's clients.

        Raises:
            BrokerError: a file cannot be read or used. So do the two below.
        """
        return self._arguments(_Token)

    def aiokafka(self) -> dict[str, Any]:
        """Arguments of aiokafka's clients."""
        return self._arguments(_AsyncToken)

    def faust(self) -> "faust.auth.Credentials | None":
        """`broker_credentials` of a Faust app."""
        from faust import auth  # noqa: PLC0415 — a `newswire tail` need not wait for it

        tls = self._tls()
        if not self._sasl:
            return auth.SSLCredentials(tls) if tls else None
        if self.sasl_oauth_token_file:
            token = _AsyncToken(self.sasl_oauth_token_file)
            return auth.OAuthCredentials(oauth_cb=token, ssl_context=tls)
        return auth.SASLCredentials(
            username=self.sasl_username,
            password=self._password(),
            ssl_context=tls,
            mechanism=self.sasl_mechanism,
        )

    @property
    def _sasl(self) -> bool:
        return self.security_protocol.startswith("SASL_")

    def _mistakes(self) -> Iterator[str]:
        """What does not fit together, and what to do."""
        protocol, mechanism = self.security_protocol, self.sasl_mechanism
        sasl, tls = self._set("sasl_"), self._set("ssl_")
        login = {"sasl_username", "sasl_password", "sasl_password_file"} & sasl
        if sasl and not self._sasl:
            yield _set_but(sasl, protocol, "SASL_SSL")
        if tls and not protocol.endswith("SSL"):
            yield _set_but(tls, protocol, "SASL_SSL or SSL")
        if self.ssl_keyfile and not self.ssl_certfile:
            yield f"{PREFIX}SSL_KEYFILE needs {PREFIX}SSL_CERTFILE"
        if not self._sasl:
            return
        if mechanism is None:
            yield f"{protocol} needs {PREFIX}SASL_MECHANISM, such as SCRAM-SHA-512"
        elif mechanism in ("PLAIN", "OAUTHBEARER") and protocol != "SASL_SSL":
            yield (
                f"{mechanism} sends the secret itself, for all to read: set "
                f"{PREFIX}SECURITY_PROTOCOL=SASL_SSL, or a mechanism of SCRAM"
            )
        elif mechanism == "OAUTHBEARER":
            if login or not self.sasl_oauth_token_file:
                yield f"{mechanism} needs {PREFIX}SASL_OAUTH_TOKEN_FILE, and no name or password"
        elif not self.sasl_username or len(login) != 2 or self.sasl_oauth_token_file:
            yield (
                f"{mechanism} needs {PREFIX}SASL_USERNAME, and either {PREFIX}SASL_PASSWORD_FILE "
                f"or {PREFIX}SASL_PASSWORD"
            )

    def _set(self, prefix: str) -> set[str]:
        """Names of the fields with this prefix that are set."""
        named = (name for name in Security.model_fields if name.startswith(prefix))
        return {name for name in named if getattr(self, name) is not None}

    def _arguments(self, token: "type[_Token | _AsyncToken]") -> dict[str, Any]:
        arguments: dict[str, Any] = {"security_protocol": self.security_protocol}
        if tls := self._tls():
            arguments["ssl_context"] = tls
        if self._sasl:
            arguments["sasl_mechanism"] = self.sasl_mechanism
        if self.sasl_oauth_token_file:
            arguments["sasl_oauth_token_provider"] = token(self.sasl_oauth_token_file)
        elif self._sasl:
            arguments["sasl_plain_username"] = self.sasl_username
            arguments["sasl_plain_password"] = self._password()
        return arguments

    def _password(self) -> str:
        if self.sasl_password_file:
            return _secret("SASL_PASSWORD_FILE", self.sasl_password_file)
        return self.sasl_password.get_secret_value() if self.sasl_password else ""

    def _tls(self) -> ssl.SSLContext | None:
        """The broker's certificate and its host name are checked; there is no way not to."""
        if not self.security_protocol.endswith("SSL"):
            return None
        try:
            context = ssl.create_default_context(cafile=self.ssl_cafile)
        except OSError as error:
            raise BrokerError(_unusable("SSL_CAFILE", self.ssl_cafile, error)) from None
        if self.ssl_certfile:
            try:
                # Without a way to ask, OpenSSL would ask at the terminal, and wait.
                context.load_cert_chain(self.ssl_certfile, self.ssl_keyfile, _no_password)
            except OSError as error:
                names = "SSL_CERTFILE and NEWSWIRE_SSL_KEYFILE"
                raise BrokerError(_unusable(names, self.ssl_certfile, error)) from None
        return context


PLAINTEXT = Security()
"""Neither encrypted nor asked for a name."""


class _Token(AbstractTokenProvider):  # type: ignore[misc]
    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def token(self) -> str:
        return _secret("SASL_OAUTH_TOKEN_FILE", self._path)


class _AsyncToken(AsyncTokenProvider):  # type: ignore[misc]
    def __init__(self, path: Path) -> None:
        self._path = path

    async def token(self) -> str:
        return _secret("SASL_OAUTH_TOKEN_FILE", self._path)


def _secret(name: str, path: Path) -> str:
    try:
        secret = path.read_text("utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        # What could not be decoded is part of the secret: the error's class says enough.
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise BrokerError(_unusable(name, path, why)) from None
    if not secret:
        raise BrokerError(_unusable(name, path, "it is empty"))
    return secret


def _unusable(name: str, path: Path | None, why: object) -> str:
    return f"{PREFIX}{name}: cannot use {path}: {why}"


def _set_but(names: set[str], protocol: str, wanted: str) -> str:
    listed = ", ".join(f"{PREFIX}{name.upper()}" for name in sorted(names))
    return (
        f"{listed} set, but {PREFIX}SECURITY_PROTOCOL is {protocol}, which has no use for it: "
        f"set {PREFIX}SECURITY_PROTOCOL to {wanted}"
    )


def _no_password() -> NoReturn:
    raise OSError("the key is encrypted, and no password is asked for")
