"""The museums' contracts with banks and payment providers: the operator's own file, which no editor can touch.

`payments.yaml` in GUIDE_HOME has one block a museum. It is read strictly: a mistake is named with its line, and a
secret is never shown, neither in a log nor in a mistake.
"""

from __future__ import annotations

import difflib
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import structlog
import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from guide.errors import Unusable

log = structlog.get_logger("payments")
FILE = "payments.yaml"
SLUG = re.compile(r"[a-z0-9-]{1,60}")
EXAMPLES = {
    "bin": "970436",
    "account": "0011001932418",
    "name": "BAO TANG CON DAO",
    "bank": "Vietcombank",
    "tmn_code": "2QXUI4J4",
    "sandbox": "true, false",
}
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]
Secret = Annotated[SecretStr, Field(min_length=8, max_length=200)]


class ContractsUnreadable(Unusable):
    """The file is not YAML of keys and values."""


class UnknownContractKey(Unusable):
    """A key that means nothing here, perhaps misspelt."""


class ContractKeyTwice(Unusable):
    """A key stands twice in one block."""


class MissingContractKey(Unusable):
    """A contract without something that it cannot do without."""


class BadContractValue(Unusable):
    """A value that cannot be right. It is not repeated here: it may be a secret."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BankAccount(_Strict):
    """Where transfers by VietQR go."""

    bin: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    account: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{3,19}$")]
    name: Name
    bank: Name | None = None


class SePay(_Strict):
    """Tells of transfers to the account: with a key, or (better) with a signature."""

    api_key: Secret | None = None
    secret: Secret | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> SePay:
        if self.api_key is None and self.secret is None:
            raise PydanticCustomError("one_missing", "secret")
        return self


class PayOS(_Strict):
    client_id: Name
    api_key: Secret
    checksum_key: Secret


class VNPay(_Strict):
    tmn_code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{8}$")]
    hash_secret: Secret
    sandbox: bool = False


class MoMo(_Strict):
    partner_code: Name
    access_key: Secret
    secret_key: Secret
    sandbox: bool = False


class Contract(_Strict):
    """All that one museum has agreed with those who take money for it."""

    vietqr: BankAccount | None = None
    sepay: SePay | None = None
    payos: PayOS | None = None
    vnpay: VNPay | None = None
    momo: MoMo | None = None

    @model_validator(mode="after")
    def _account_for_transfers(self) -> Contract:
        if self.sepay and not self.vietqr:
            raise PydanticCustomError("one_missing", "vietqr")
        return self


Contracts = Mapping[str, Contract]
"""By museum."""
NOTHING = Contract()


def read_contracts(home: Path) -> Contracts:
    file = home / FILE
    if not file.is_file():
        return {}
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        log.warning("others can read the contracts", file=str(file), cure=f"chmod 600 {file}")
    return parse(file.read_bytes(), FILE)


def parse(raw: bytes, file: str) -> Contracts:
    tree = _tree(raw, file)
    museums = _plain(tree, file) if tree is not None else {}
    if not isinstance(museums, dict):
        raise ContractsUnreadable(file=file, line=1)
    return {museum: _contract(museum, block, tree, file) for museum, block in museums.items()}


def _tree(raw: bytes, file: str) -> yaml.Node | None:
    try:
        return yaml.compose(raw.decode("utf-8-sig"), yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ContractsUnreadable(file=file, line=mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise ContractsUnreadable(file=file, line=1) from None


def _plain(node: yaml.Node, file: str) -> Any:
    """Everything is text: an account that begins with zeros is no number."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if not isinstance(node, yaml.MappingNode):
        raise ContractsUnreadable(file=file, line=node.start_mark.line + 1)
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ContractsUnreadable(file=file, line=key.start_mark.line + 1)
        if key.value in found:
            raise ContractKeyTwice(file=file, line=key.start_mark.line + 1, key=key.value)
        found[key.value] = _plain(value, file)
    return found


def _contract(museum: str, block: Any, tree: yaml.Node | None, file: str) -> Contract:
    if not SLUG.fullmatch(museum):
        raise UnknownContractKey(file=file, line=_line(tree, (museum,)), key=museum[:60], near="con-dao")
    try:
        return Contract.model_validate(block or {})
    except ValidationError as error:
        told = error.errors(include_url=False)
        likeliest = next((detail for detail in told if detail["type"] == "extra_forbidden"), told[0])
        mistake = _mistake(likeliest, museum, tree, file)
    raise mistake  # outside: the other error holds what was written, secrets too


def _mistake(detail: ErrorDetails, museum: str, tree: yaml.Node | None, file: str) -> Unusable:
    place = (museum, *map(str, detail["loc"]))
    key, line = ".".join(place), _line(tree, place)
    if detail["type"] == "missing":
        return MissingContractKey(key=key, file=file, line=line)
    if detail["type"] == "one_missing":
        return MissingContractKey(key=f"{key}.{detail['msg']}", file=file, line=line)
    if detail["type"] == "extra_forbidden":
        return UnknownContractKey(key=key, near=_near(place), file=file, line=line)
    return BadContractValue(key=key, example=EXAMPLES.get(place[-1], "…"), file=file, line=line)


def _near(place: tuple[str, ...]) -> str:
    """The keys that would be right there, the likeliest alone."""
    kinds: dict[str, type[BaseModel]] = {
        "vietqr": BankAccount,
        "sepay": SePay,
        "payos": PayOS,
        "vnpay": VNPay,
        "momo": MoMo,
    }
    shape = kinds[place[1]] if len(place) > 2 else Contract
    known = list(shape.model_fields)
    return ", ".join(difflib.get_close_matches(place[-1], known, 1) or known)


def _line(node: yaml.Node | None, place: tuple[str, ...]) -> int:
    line = 1
    for part in place:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next(((key, value) for key, value in pairs if key.value == part), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line
