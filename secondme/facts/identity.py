"""Who is meant by a name: the spellings, nicknames, handles and "my sister" that were merged into one, and me."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from secondme.facts.relations import relation
from secondme.text.entities import fold_name
from storage.facts import Alias, StatementRow

ME = "me"


class Identities:
    """Keys of people by whom they mean. A key without an alias means itself."""

    def __init__(self, aliases: Iterable[Alias], me: Iterable[str] = ()) -> None:
        """`me`: names by which I am called."""
        self._means = {alias.key: alias.entity for alias in aliases}
        for name in me:
            if name:
                self._means[fold_name(name)] = ME
        self._means.pop(ME, None)

    def of(self, key: str) -> str:
        """The key of who is meant."""
        seen = {key}
        while (further := self._means.get(key)) is not None and further not in seen:
            key = further
            seen.add(key)
        # "tom/sister" is the sister of whoever Tom is.
        owner, slash, tie = key.partition("/")
        whose = self.of(owner) if slash else owner
        return self.of(f"{whose}/{tie}") if slash and whose != owner else key

    def meant_by(self, name: str) -> str:
        """The key of who is meant by a name, or "I", as someone writes it."""
        plain = fold_name(name)
        return ME if plain in ("i", "my", ME) else self.of(plain)

    def keys(self, entity: str) -> list[str]:
        """Every key that means someone, their own first."""
        return [entity, *(key for key in self._means if self.of(key) == entity and key != entity)]

    def resolve(self, rows: Sequence[StatementRow]) -> list[StatementRow]:
        """Statements about whom they mean, each person under the longest name that is known."""
        if not self._means:
            return list(rows)
        names: dict[str, str] = {}
        found = []
        for row in rows:
            about = self.of(row.subject)
            of_person = relation(row.relation).person
            other = self.of(row.object) if of_person else row.object
            known = (about, other) == (row.subject, row.object)
            found.append(row if known else replace(row, subject=about, object=other))
            for key, raw, name in ((about, row.subject, row.subject_name), (other, row.object, row.object_name)):
                if "/" not in raw and (key == raw or "/" in key) and len(name) > len(names.get(key, "")):
                    names[key] = name
        return [_under(row, names) for row in found]


def _under(row: StatementRow, names: Mapping[str, str]) -> StatementRow:
    """A statement with the people in it under these names, by their keys. Most rows stay as they are, and a copy takes
    ten millionths of a second."""
    subject = names.get(row.subject, row.subject_name)
    thing = names.get(row.object, row.object_name) if relation(row.relation).person else row.object_name
    if (subject, thing) == (row.subject_name, row.object_name):
        return row
    return replace(row, subject_name=subject, object_name=thing)
