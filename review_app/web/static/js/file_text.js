// Offsets in the text of a page. A page's offsets count code points, the browser counts UTF-16 units; rare
// characters (𠮷) are one of the former and two of the latter.

/** The selection inside a `.file-text` element: { start, end, text } in code points, or null. */
export function selectionIn(pane, selection = window.getSelection()) {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!pane.contains(range.startContainer) || !pane.contains(range.endContainer)) return null;
  const start = pointsBefore(pane, range.startContainer, range.startOffset);
  const end = pointsBefore(pane, range.endContainer, range.endOffset);
  return { start, end, text: [...pane.textContent].slice(start, end).join("") };
}

/** How many code points of the pane's text stand before a place in the document. */
export function pointsBefore(pane, container, offset) {
  const before = document.createRange();
  before.selectNodeContents(pane);
  before.setEnd(container, offset);
  return [...before.toString()].length;
}
