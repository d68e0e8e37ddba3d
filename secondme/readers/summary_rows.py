"""Rows of a table that say again what other rows say: totals, subtotals, averages, balances carried forward."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

Value = str | float | int | bool | None

_LABELS = """total totals grand-total sum sums subtotal sub-total subtotals overall all-in-all total-sum sum-total
    average averages mean median avg max min maximum minimum count
    summe gesamt gesamtsumme zwischensumme insgesamt endsumme durchschnitt mittelwert mittel total-général
    total-general sous-total somme moyenne ensemble totale totali subtotale somma media suma sumas promedio total-geral
    soma média subtotaal totaal gemiddelde totalt summa delsumma i-alt sum-totalt delsum snitt gjennomsnitt genomsnitt
    medel yhteensä välisumma keskiarvo razem suma-końcowa łącznie średnia celkem součet spolu összesen átlag toplam
    genel-toplam ara-toplam ortalama итого всего среднее сумма разом усього σύνολο 合计 合計 小计 小計 总计 總計 平均
    합계 총계 소계 المجموع الإجمالي סה״כ
    opening-balance closing-balance balance-brought-forward balance-carried-forward brought-forward carried-forward
    anfangssaldo endsaldo übertrag kontostand saldo-initial saldo-final solde-initial solde-final saldo-inicial
    """.split()
LABELS = frozenset(label.replace("-", " ") for label in _LABELS)
"""What such a row is called, in full."""
_PART = re.compile(
    r"(?i)(?:(?:grand |sub-?)?totals?|sum|subtotal|summe|zwischensumme|gesamt(?:summe)?|totaal|totale|totalt|suma|summa"
    r"|somme|sous-total|razem|celkem|итого)\b[\s:]+(?P<of>.+)|(?P<before>.+?)[\s:,]+(?:sub-?)?"
    r"(?:totals?|subtotal|summe|gesamt|totaal|totale|totalt|suma|summa|razem|celkem)"
)
_BALANCES = re.compile(r"(?i).*(?:balance|forward|saldo|übertrag|kontostand|solde)")
TOLERANCE = 0.006
"""Rounded cells may add up to a cent more or less."""


class Role(Enum):
    """What a row of a table is."""

    ENTRY = "entry"
    SUMMARY = "summary"
    UNSURE = "unsure"


def roles(rows: Sequence[Sequence[Value]], kinds: Sequence[str]) -> list[Role]:
    """What each row is: a summary is named so and has no other sign of an entry, or adds up the rows above it.

    A row that may be either (a petrol station may be called Total) is unsure: nobody should count it or leave it out.
    """
    numbers = [i for i, kind in enumerate(kinds) if kind == "number"]
    others = [i for i, kind in enumerate(kinds) if kind in ("text", "date", "bool")]
    sums = _Sums(len(kinds))
    found: list[Role] = []
    for at, row in enumerate(rows):
        role = Role.ENTRY
        filled = [i for i in others if row[i] not in (None, "")]
        labels = [str(row[i]) for i in filled if _named_so(str(row[i])) is not None]
        amounts = {
            i: value for i in numbers if isinstance(value := row[i], int | float) and not isinstance(value, bool)
        }
        if amounts and others and (labels or not filled):
            role = _role(labels, len(filled), sums.agree(amounts), last=at == len(rows) - 1)
        if role is Role.ENTRY:
            sums.add(amounts)
        else:
            sums.cut()
        found.append(role)
    return found


def _role(labels: Sequence[str], filled: int, agrees: bool, *, last: bool) -> Role:
    if agrees:
        return Role.SUMMARY
    whole = any(_named_so(label) for label in labels)
    if whole and (filled == 1 or any(_BALANCES.match(label) for label in labels)):
        return Role.SUMMARY if filled == 1 and last else Role.UNSURE
    if whole:
        return Role.UNSURE if last else Role.ENTRY
    return Role.UNSURE if filled <= 1 else Role.ENTRY


def is_summary_label(text: str) -> bool:
    """Whether a text is the name of a summary in full, as it stands below a column of dates."""
    return _named_so(text) is True


def _named_so(text: str) -> bool | None:
    """True for the name of a summary, False where it is a part of the text ("January total"), else None."""
    plain = " ".join(text.casefold().replace("-", " ").strip(" :=.*").split())
    if plain in LABELS:
        return True
    return False if _PART.fullmatch(text.strip(" :=.*")) else None


class _Sums:
    """What each column adds up to so far, in all and since the last summary."""

    def __init__(self, width: int) -> None:
        self._all = [0.0] * width
        self._since = [0.0] * width
        self._count = 0
        self._count_since = 0

    def add(self, amounts: dict[int, float | int]) -> None:
        """Count an entry."""
        for i, value in amounts.items():
            self._all[i] += value
            self._since[i] += value
        self._count += 1
        self._count_since += 1

    def cut(self) -> None:
        """A summary ends what a subtotal adds up."""
        self._since = [0.0] * len(self._since)
        self._count_since = 0

    def agree(self, amounts: dict[int, float | int]) -> bool:
        """Whether one of the amounts at least is such a sum, of two rows or more or where it is not 0."""
        for i, value in amounts.items():
            for total, count in ((self._all[i], self._count), (self._since[i], self._count_since)):
                if count and abs(total - value) < TOLERANCE and (count > 1 or value):
                    return True
        return False
