"""Numbers of a table in the digits of any script, and with characters for tens of thousands."""

from __future__ import annotations

import pytest

from secondme.readers.amounts import column_values, habits, numeral


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["3万", "12000", "1.5万"], [30000, 12000, 15000]),
        (["3万元", "2億円", "1億2000万円"], [30000, 200000000, 120000000]),
        (["5천", "12만", "3억"], [5000, 120000, 300000000]),
        (["٣٠٠", "٤٥"], [300, 45]),
        (["３００", "４５"], [300, 45]),
        (["३००", "४५"], [300, 45]),
    ],
)
def test_amounts_are_compared_by_their_value(cells: list[str], values: list[int]) -> None:
    read = [numeral(cell) for cell in cells]
    known = [one for one in read if one is not None]
    assert len(known) == len(cells)
    assert column_values(known, habits([known])) == values


@pytest.mark.parametrize("cell", ["万", "三万", "万一", "3万里"])
def test_what_is_no_number_stays_text(cell: str) -> None:
    assert numeral(cell) is None
