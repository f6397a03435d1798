// Two versions of a text with the words marked in which they differ: the longest common row of words.

const LONGEST = 4000; // words times words; longer texts are compared as a whole between their equal ends

const cutter = globalThis.Intl?.Segmenter ? new Intl.Segmenter("zh", { granularity: "word" }) : null;
const wordsOf = (text) => (cutter ? [...cutter.segment(text)].map((one) => one.segment) : [...text]);

/** Pieces of `mine` and `theirs` as [{ text, only }]: `only` marks what the other version does not say. */
export function differences(mine, theirs) {
  const [left, right] = [wordsOf(mine), wordsOf(theirs)];
  let from = 0;
  while (from < left.length && from < right.length && left[from] === right[from]) from += 1;
  let [toLeft, toRight] = [left.length, right.length];
  while (toLeft > from && toRight > from && left[toLeft - 1] === right[toRight - 1]) [toLeft, toRight] = [toLeft - 1, toRight - 1];
  const [common, inLeft, inRight] = shared(left.slice(from, toLeft), right.slice(from, toRight));
  const pieces = (words, kept, to) => joined([
    ...words.slice(0, from).map((text) => ({ text, only: false })),
    ...words.slice(from, to).map((text, place) => ({ text, only: !common || !kept.has(place) })),
    ...words.slice(to).map((text) => ({ text, only: false })),
  ]);
  return { mine: pieces(left, inLeft, toLeft), theirs: pieces(right, inRight, toRight) };
}

function shared(left, right) {
  if (left.length * right.length > LONGEST * LONGEST) return [false, new Set(), new Set()];
  const longest = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      longest[i][j] = left[i] === right[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const [inLeft, inRight] = [new Set(), new Set()];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) {
      inLeft.add(i);
      inRight.add(j);
      [i, j] = [i + 1, j + 1];
    } else if (longest[i + 1][j] >= longest[i][j + 1]) i += 1;
    else j += 1;
  }
  return [true, inLeft, inRight];
}

function joined(pieces) {
  const rows = [];
  for (const one of pieces) {
    if (rows.at(-1)?.only === one.only) rows.at(-1).text += one.text;
    else rows.push({ ...one });
  }
  return rows;
}

/** A paragraph that shows one version, what only it says marked. */
export function shown(pieces, empty) {
  const paragraph = document.createElement("p");
  paragraph.className = "keep-lines version";
  for (const { text, only } of pieces) {
    const piece = document.createElement(only ? "mark" : "span");
    piece.textContent = text;
    paragraph.append(piece);
  }
  if (!paragraph.textContent.trim()) paragraph.textContent = empty;
  return paragraph;
}
