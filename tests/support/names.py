"""Names as people and rooms have them: in many scripts, with commas, quotes, and line ends."""

from __future__ import annotations

from hypothesis import strategies as st

REAL = (
    "王小明",
    "臺北市政府",
    "김서연",
    "서울특별시",
    "山田 花子",
    "ゲンキ㈱",
    "محمد الأمين",
    "بلدية القاهرة",
    "שרה כהן",
    "María-José Núñez de la Peña",
    "Plaça de l'Ajuntament",
    "Łódź, Żółć & Ćma",
    "Ngô Thị Hồng",
    "नमिता शर्मा",
    'Ana "la Jefa" Ruiz',
    "O'Neill, Sean; Jr.",
    "Two\nlines",
    "emoji 🚌👩🏽\u200d🚀",
    "=HYPERLINK(A1)",
    "+34 600 000 000",
    "-1",
    "@home",
    "a=b;c=d",
    "null",
    "1e3",
    "007",
    "2017-11-20",
    "<b>&amp;</b>",
    "# not a comment",
    "long " * 40 + "name",
)
"""One of each kind that has broken a table, a page or a calendar somewhere."""

_LETTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\u2028\u2029\x85\ufeff"
)


def names(*, lines: bool = True) -> st.SearchStrategy[str]:
    """Return a strategy of names: real ones of many scripts, and random ones, without spaces at their ends.

    Parameters
    ----------
    lines : bool
        Whether a name may have several lines.
    """
    real = st.sampled_from([name for name in REAL if lines or "\n" not in name])
    random = st.text(_LETTERS | st.just("\n") if lines else _LETTERS, min_size=1, max_size=16)
    return real.map(str.strip) | random.map(str.strip).filter(bool)
