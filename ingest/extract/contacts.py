"""Whom a policy says to write to or call: the contact of each offer of one, with its role and addresses.

In: the text, its clauses, the statements and parties read. Out: the same statements, those that offer a contact
pointing to its party, and the parties with their e-mail address, telephone number and postal address.

An address belongs to the role that is named last before it ("our data protection officer: …"); in the lines that
follow an offer ("Contact us:", then one line each) to the offer's own. What stands anywhere else is nobody's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ..records import Clause, Party, Statement
from .addresses import Point, points
from .facets import name_key
from .reading import Reading
from .view import View

CONTROLLER: Final = "DataController"
_AUTHORITY: Final = "DataProtectionAuthority"

#: Words for a role, on folded text (lower case, simplified Chinese).
_ROLES: Final = re.compile(
    r"(?P<DataProtectionOfficer>(?:data protection|privacy|data privacy) officer|\bdpo\b|pověřen(?:ec|ce|ci|cem|á osoba|é osob\w+)(?: pro (?:ochranu|zpracování))?"
    r"|(?:数据|资料|个资|个人信息|个人资料|隐私)(?:保护|安全)?(?:官|长|专员|专责人员|负责人|主任))"
    r"|(?P<Representative>(?:eu|uk|european|authori[sz]ed|appointed|local) representative|representative in the (?:eu|european union|uk|united kingdom)"
    r"|zástupc\w+ (?:v|pro) (?:eu|evropsk\w+ uni\w+|unii)|(?:欧盟|欧洲|英国|境内)(?:授权)?代表)"
    r"|(?P<DataProtectionAuthority>(?:supervisory|data protection|privacy) (?:authorit(?:y|ies)|commission(?:er)?|board)|information commissioner|office for personal data protection|\bico\b"
    r"|ombudsman\w*|úřad\w* (?:pro|na) ochran\w+|dozorov\w+ (?:úřad|orgán)\w*|\búooú\b"
    r"|监管(?:机构|机关|部门)|主管(?:机关|部门)|监督(?:机构|机关)|个人资料保护委员会|网信(?:办|部门)|消费者保护(?:官|会|委员会))"
)
_US: Final = re.compile(
    r"\b(?:we|us|me|my|our|nás|nám|námi|mě|mi|náš\w*|naš\w+)\b|我们|我方|本(?:公司|站|网站|平台|店|校|会)|客服"
)
#: Characters of the lines after an offer that still belong to it.
_REACH: Final = 600
#: A longer line says something of its own.
_LINE: Final = 160


def with_contacts(
    reading: Reading, clauses: tuple[Clause, ...], statements: list[Statement], parties: Iterable[Party], owner: Party
) -> tuple[list[Statement], list[Party]]:
    """Statements and parties with their contacts; ``owner`` is the controller, who has an IRI even unnamed."""
    view = reading.view
    known = {party.key: party for party in parties}
    starts = sorted({s.start for s in statements})
    settled: dict[tuple[int, int], tuple[str, str]] = {}
    given: dict[str, Counter[tuple[str, str]]] = {}
    for said in statements:
        place = said.start, said.end
        role = _role_of(view, said) if _offers(said) and place not in settled else ""
        if not role or (role == CONTROLLER and not _ours(reading, said, owner)):
            continue
        party = _party(view, said, role, owner, known)
        known[party.key] = party
        settled[place] = party.key, role
        written = given.setdefault(party.key, Counter())
        for point in points(view, said.start, _reach(reading, owner, clauses, starts, said)):
            if point.start >= said.end or _role_at(view, said.start, point) == role:
                written[point.kind, " ".join(view.text[point.start : point.end].split())] += 1
    for key, counts in given.items():
        known[key] = _with(known[key], counts)
    introduced = known.get(owner.key)
    if introduced is not None and introduced.name and not introduced.address:
        known[owner.key] = _introduced(view, clauses, introduced)
    changed = [
        replace(s, contact=settled[s.start, s.end][0], contact_role=settled[s.start, s.end][1])
        if _offers(s) and (s.start, s.end) in settled
        else s
        for s in statements
    ]
    return changed, list(known.values())


def _offers(said: Statement) -> bool:
    return said.practice == "OfferContact" and not said.denied


def _ours(reading: Reading, said: Statement, owner: Party) -> bool:
    """Whether an offer is to turn to the controller: it says so, or gives an address and names nobody else."""
    if _US.search(reading.view.folded, said.start, said.end):
        return True
    quote = reading.view.text[said.start : said.end]
    if any(name and name in quote for name in (owner.name, *owner.aliases)):
        return True
    others = any(hit.id != "ServiceProvider" for hit in reading.hits("recipients", said.start, said.end))
    others = others or _names_another(reading, owner, said.start, said.end)
    return not others and bool(points(reading.view, said.start, said.end))


def _names_another(reading: Reading, owner: Party, start: int, end: int) -> bool:
    """Whether a company other than the controller is named in a range."""
    names = [name for name in (owner.name, *owner.aliases) if name]
    said = [reading.view.text[hit.start : hit.end] for hit in reading.hits("parties", start, end)]
    return any(not any(own in name or name in own for own in names) for name in said)


def _role(view: View, start: int, end: int) -> str:
    """The role named last in a range, "" for none."""
    last = ""
    for match in _ROLES.finditer(view.folded, start, end):
        last = match.lastgroup or ""
    return last


def _role_at(view: View, start: int, point: Point) -> str:
    """Whose an address is; a postal one may name the role itself."""
    return _role(view, start, point.end if point.kind == "address" else point.start) or CONTROLLER


def _role_of(view: View, said: Statement) -> str:
    """Whom an offer names: before its first address, else anywhere in it."""
    given = points(view, said.start, said.end)
    if given:
        return _role_at(view, said.start, given[0])
    first = _ROLES.search(view.folded, said.start, said.end)
    return (first.lastgroup if first else None) or CONTROLLER


def _reach(reading: Reading, owner: Party, clauses: tuple[Clause, ...], starts: list[int], said: Statement) -> int:
    """Where the lines that belong to an offer end: short lines under it that state nothing and name nobody else."""
    view = reading.view
    following = bisect_right(starts, said.start)
    limit = min(starts[following] if following < len(starts) else len(view.text), said.end + _REACH)
    limit = max(limit, said.end)
    end = said.end
    at = bisect_right([clause.start for clause in clauses], said.start)
    for clause in clauses[at:]:
        if clause.start < said.end:
            continue
        if clause.kind not in ("ListItem", "Paragraph", "TableRow") or clause.end > limit:
            break
        if clause.end - clause.start > _LINE or _ROLES.search(view.folded, clause.start, clause.end):
            break
        if _names_another(reading, owner, clause.start, clause.end):
            break
        end = clause.end
    return end


def _party(view: View, said: Statement, role: str, owner: Party, known: dict[str, Party]) -> Party:
    """The party of a role: the controller itself, whom the offer names, or one without a name."""
    if role == CONTROLLER:
        return known.get(owner.key, owner)
    if role == _AUTHORITY:
        named = next((m for m in said.mentions if m.facet == "authority" and m.concept != role), None)
        if named is not None:
            name = view.text[named.start : named.end]
            key = name_key(name)
            return known.get(key, Party(key, name, named.start, named.end, rule=f"contact:{named.concept}"))
    key = f"role:{role}"
    return known.get(key, Party(key, "", said.start, said.end, rule=f"contact:{role}"))


def _with(party: Party, counts: Counter[tuple[str, str]]) -> Party:
    """The party with the addresses that its offers give most often, of equals the first."""
    for (kind, value), _ in counts.most_common():
        if kind == "email":
            party = party if party.email else replace(party, email=value)
        elif kind == "telephone":
            party = party if party.telephone else replace(party, telephone=value)
        else:
            party = party if party.address else replace(party, address=value)
    return party


def _introduced(view: View, clauses: tuple[Clause, ...], party: Party) -> Party:
    """The controller with the address that follows its name where the text introduces it."""
    at = bisect_right([clause.start for clause in clauses], party.start) - 1
    end = min(clauses[at].end if at >= 0 else len(view.text), party.end + 240)
    for point in points(view, party.end, end):
        if point.kind == "address" and not _ROLES.search(view.folded, party.end, point.start):
            return replace(party, address=" ".join(view.text[point.start : point.end].split()))
    return party
