"""How the time of reading a judgment grows with its length, for texts made to be hard to read.

    python -m benchmarks.parsing

Prints, for each text that repeats one hard phrase, the processor time at 20,000 characters and how many times
longer 200,000 take: ten when the time is proportional to the length, a hundred when it grows with its square.
"""

from statistics import median
from time import process_time

from review_app.precedents.judgments import read_judgment

HARD = ("本院认为 。", " 被告人甲", "犯甲、", "（2018）", "判决如下：", "撤销“", "依照《", "\n审")
SHORT, LONG, RUNS = 20_000, 200_000, 5


def seconds(unit: str, length: int) -> float:
    """Median processor time of reading a text of that many characters."""
    text = unit * (length // len(unit))
    times = []
    for _ in range(RUNS):
        begun = process_time()
        read_judgment(text)
        times.append(process_time() - begun)
    return median(times)


def main() -> None:
    for unit in HARD:
        short, long = seconds(unit, SHORT), seconds(unit, LONG)
        print(f"{unit.strip():8}\t{short * 1000:6.1f} ms\t× {long / short:.1f}")


if __name__ == "__main__":
    main()
