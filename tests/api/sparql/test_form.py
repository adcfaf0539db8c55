"""Long forms are read as short ones are."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.sparql import form

PAIRS = st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5)
RAW = st.text(st.sampled_from(list("ab=&%+é3DdA;\n\r \t_")), max_size=30)


@pytest.fixture(autouse=True, scope="module")
def long() -> Iterator[None]:
    """Every form counts as a long one."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(form, "_LONG", 0)
        yield


@given(PAIRS)
def test_what_is_encoded_comes_back(pairs: list[tuple[str, str]]) -> None:
    assert list(form.parameters(urlencode(pairs))) == pairs


@given(RAW)
@example("a=%E9")
@example("a=%\n1=3D")
def test_whatever_comes_is_read_as_the_standard_library_reads_it(raw: str) -> None:
    try:
        expected = parse_qsl(raw, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(UnicodeDecodeError):
            list(form.parameters(raw))
    else:
        assert list(form.parameters(raw)) == expected
