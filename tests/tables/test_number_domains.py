"""Each stretch of a number's domain has a number of its own, whatever decimal context the caller has."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, Overflow, Rounded, localcontext

from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel import FeelType
from dmn_dli.feel.decimals import CONTEXT, number_between
from dmn_dli.tables.domain import domain_of

FOREIGN = Context(prec=3, Emin=-3, Emax=3, traps=[Inexact, Overflow, Rounded])
NUMBERS = st.builds(
    lambda digits, exponent: CONTEXT.create_decimal(digits).scaleb(exponent, CONTEXT),
    st.integers(-(10**34) + 1, 10**34 - 1),
    st.integers(-40, 40),
)


@given(st.none() | NUMBERS, st.none() | NUMBERS)
def test_what_lies_between_is_a_number_of_feel_and_lies_there(
    low: Decimal | None, high: Decimal | None
) -> None:
    if low is not None and high is not None and low >= high:
        low, high = high, low
    with localcontext(FOREIGN):
        found = number_between(low, high)
    if found is None:
        assert low is not None
        assert high is not None
        assert low.next_plus(CONTEXT) >= high or CONTEXT.plus(low) == high
        return
    assert low is None or low < found
    assert high is None or found < high
    assert CONTEXT.plus(found) == found


@given(st.lists(NUMBERS, min_size=1, max_size=4, unique=True), st.booleans())
def test_every_atom_of_a_domain_is_where_its_number_is(cuts: list[Decimal], integer: bool) -> None:
    with localcontext(FOREIGN):
        domain = domain_of(FeelType.NUMBER, None, sorted(cuts), integer=integer)
        found = [domain.locate(atom.representative) for atom in domain.atoms]
    assert found == list(range(len(domain.atoms)))


def test_numbers_next_to_each_other_have_none_between() -> None:
    low, high = Decimal("1." + "0" * 33), Decimal("1." + "0" * 32 + "1")
    assert number_between(low, high) is None
    assert len(domain_of(FeelType.NUMBER, None, [low, high]).atoms) == 4
