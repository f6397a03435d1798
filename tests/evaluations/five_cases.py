"""Individual forms of five fictional cases: what each member deducted, and the scores that must come out."""

import csv
import io
from dataclasses import dataclass

# case, template, code, veto proposed by all who deduct, then the points of each member (empty: not proposed)
ROWS = """\
1,EXE,D4-12,,7,6,6,6,6,,
1,EXE,D4-07,,3,3,3,3,3,,
1,EXE,D5-07,,1,1,1,,1,,
1,EXE,D7-04,,7,6,5,6,,,
1,EXE,D7-05,,7,6,6,6,7,,
1,EXE,D8-01,,3,4,3,2,4,,
2,CRIM,D1-06,,4,4,3,3,3,,
2,CRIM,D4-07,,3,4,3,3,3,,
2,CRIM,D6-01,,4,3,3,3,,,
2,CRIM,D8-04,,3,3,3,3,4,,
2,CRIM,D5-05,,1,1,1,,,,
2,CRIM,D2-02,,8,,,,,,
2,CRIM,D3-03,,6,,,,,,
3,ADM,D4-02,V07,12,11,10,10,10,10,
3,ADM,D4-10,,7,6,6,6,6,6,
3,ADM,D1-02,,6,6,7,6,6,6,8
3,ADM,D3-03,,6,6,6,6,6,6,
3,ADM,D3-04,,3,3,3,3,3,3,4
3,ADM,D6-01,,3,3,3,2,,3,
3,ADM,D7-09,,6,6,6,6,6,6,
3,ADM,D8-05,,6,6,6,6,6,,
3,ADM,D8-01,,4,4,3,3,3,3,4
3,ADM,D4-06,,,,,,,,4
3,ADM,D4-07,,,,,,,,3
3,ADM,D3-06,,,,,,,,3
4,CIV,D6-02,,1.5,1,1,,,,
4,CIV,D5-07,,1.5,1,0.5,,,,
4,CIV,D5-05,,1,1,,,,,
5,POL,D4-04,V08,11,10,10,,,,
5,POL,D4-06,,4,3,3,4,3,,
5,POL,D4-07,,4,3,3,4,3,,
5,POL,D2-03,,8,8,6,6,5,,
5,POL,D2-04,,4,4,3,3,3,,
5,POL,D6-01,,4,3,3,3,,,
5,POL,D8-03,,7,6,6,6,,,
"""
SCORES = {
    1: ["72", "74", "76", "77", "79"],
    2: ["71", "85", "87", "88", "90"],
    3: ["48", "50", "51", "53", "55", "58", "74"],
    4: ["96", "97", "98.5"],
    5: ["58", "63", "66", "74", "86"],
}


@dataclass(frozen=True)
class Row:
    """One deduction of a case; ``points`` by member, empty where not proposed."""

    code: str
    veto: str
    points: tuple[str, ...]


def template_of(case: int) -> str:
    return next(row[1] for row in csv.reader(io.StringIO(ROWS)) if row[0] == str(case))


def rows_of(case: int) -> list[Row]:
    members = len(SCORES[case])
    return [
        Row(row[2], row[3], tuple(row[4 : 4 + members]))
        for row in csv.reader(io.StringIO(ROWS))
        if row[0] == str(case)
    ]
