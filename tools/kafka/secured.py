"""A second door to a node: TLS and a login. For tests; the secrets are no secrets.

The certificates are made by `openssl`, each its own authority, in PEM, which Kafka reads too.
"""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.kafka.jars import KafkaToolError

USER, PASSWORD = "newswire", "correct-horse-battery-staple"
SECURITY = "org.apache.kafka.common.security"


@dataclass(frozen=True, slots=True)
class Secured:
    """Ports on 127.0.0.1 for `SASL_SSL` and, with a client's certificate, for `SSL`.

    In the node's directory are `broker.pem`, `client.pem`, whom the node knows, and
    `stranger.pem`, whom it does not; and the key of each, `client-key.pem`.
    """

    sasl_port: int
    mutual_port: int

    def make(self, directory: Path) -> None:
        """Writes the certificates and keys into the node's directory.

        Raises:
            KafkaToolError: there is no openssl, or it failed.
        """
        openssl = shutil.which("openssl")
        if not openssl:
            raise KafkaToolError("certificates are made with openssl, which is not on PATH")
        for name in ("broker", "client", "stranger"):
            command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt"]
            command += ["ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
            command += ["-addext", "subjectAltName=IP:127.0.0.1"]
            command += ["-keyout", f"{name}-key.pem", "-out", f"{name}.pem"]
            done = subprocess.run(  # noqa: S603
                command, cwd=directory, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise KafkaToolError(f"openssl failed: {done.stderr.strip()}")
        both = [(directory / name).read_text() for name in ("broker-key.pem", "broker.pem")]
        (directory / "broker-both.pem").write_text("".join(both))

    def listeners(self) -> dict[str, str]:
        """Names and addresses of the two."""
        return {
            "SASL_SSL": f"127.0.0.1:{self.sasl_port}",
            "SSL": f"127.0.0.1:{self.mutual_port}",
        }

    def properties(self) -> Iterator[tuple[str, str]]:
        """What the two listeners need in server.properties."""
        yield "ssl.keystore.type", "PEM"
        yield "ssl.keystore.location", "broker-both.pem"
        yield "ssl.truststore.type", "PEM"
        yield "ssl.truststore.location", "client.pem"
        yield "listener.name.ssl.ssl.client.auth", "required"
        modules = {
            "scram-sha-256": f"{SECURITY}.scram.ScramLoginModule required;",
            "scram-sha-512": f"{SECURITY}.scram.ScramLoginModule required;",
            "plain": f'{SECURITY}.plain.PlainLoginModule required user_{USER}="{PASSWORD}";',
            # Takes any token that says who it is and has not expired: nobody signed it.
            "oauthbearer": f"{SECURITY}.oauthbearer.OAuthBearerLoginModule required "
            f'unsecuredLoginStringClaim_sub="{USER}";',
        }
        yield "sasl.enabled.mechanisms", ",".join(modules).upper()
        for mechanism, module in modules.items():
            yield f"listener.name.sasl_ssl.{mechanism}.sasl.jaas.config", module

    def users(self) -> Iterator[str]:
        """Options of StorageTool's `format`: who may log in by SCRAM."""
        for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512"):
            yield from ("--add-scram", f"{mechanism}=[name={USER},password={PASSWORD}]")
