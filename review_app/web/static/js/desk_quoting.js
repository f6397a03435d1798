// Selecting words of the file offers to quote them for a deduction; what is already quoted is shown in the text.
import { selectionIn } from "./file_text.js";

const bar = document.getElementById("quote-bar");
const aims = document.getElementById("quote-aim");
let aimed = "";
let held = null;

/** Watch selections in the file; `changed` is called after a quote was kept. */
export function watchSelection(desk, { token, changed, tell }) {
  document.addEventListener("selectionchange", () => {
    if (bar.contains(document.activeElement) && document.activeElement === aims) return;
    const pane = desk.querySelector(".file-text");
    const chosen = pane && selectionIn(pane);
    if (!chosen || !chosen.text.trim()) return hide();
    held = { ...chosen, document_id: pane.dataset.documentId, page: pane.dataset.page };
    return show(desk);
  });
  document.getElementById("quote-button").addEventListener("click", () => quote(desk, token, changed, tell));
  aims.addEventListener("change", () => (aimed = aims.value));
  desk.addEventListener("click", (event) => {
    const aim = event.target.closest("[data-aim]");
    if (aim) aimAt(desk, aim.dataset.aim);
  });
  desk.addEventListener("focusin", (event) => {
    const part = event.target.closest(".deduction");
    const aim = part?.querySelector("[data-aim]");
    if (aim) aimed = aim.dataset.aim;
  });
}

function aimAt(desk, target) {
  aimed = target;
  desk.querySelectorAll("[data-aim]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.aim === target)));
  document.getElementById("pane-file").checked = true;
  desk.querySelector(".file-text")?.focus();
}

function show(desk) {
  const offered = desk.querySelector("#quote_target");
  if (offered) aims.replaceChildren(...[...offered.children].map((one) => one.cloneNode(true)));
  aims.value = aimed;
  if (aims.selectedIndex < 0) aims.value = "";
  bar.hidden = false;
}

function hide() {
  if (bar.matches(":hover, :focus-within")) return;
  bar.hidden = true;
  held = null;
}

async function quote(desk, token, changed, tell) {
  if (!held) return;
  const sent = new URLSearchParams({ ...held, target: aims.value, csrf_token: token });
  let answer;
  try {
    answer = await fetch(desk.dataset.quotes, { method: "POST", body: sent, headers: { "X-CSRFToken": token, Accept: "application/json" } });
  } catch {
    tell(desk.dataset.wKept, true);
    return;
  }
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  const told = isJson ? await answer.json() : { message: desk.dataset.wRefused };
  tell(told.message, !answer.ok);
  if (!answer.ok) return;
  getSelection().removeAllRanges();
  bar.hidden = true;
  await changed(told);
}

/** Underline what the form already quotes from the page that is open. */
export function drawQuoted(root) {
  const pane = root.querySelector(".file-text");
  const ranges = root.querySelector("[data-quoted]")?.dataset.quoted;
  if (!globalThis.CSS?.highlights) return;
  CSS.highlights.delete("quoted");
  if (!pane || !ranges) return;
  const marks = JSON.parse(ranges).map(([start, end]) => rangeIn(pane, start, end)).filter(Boolean);
  if (marks.length) CSS.highlights.set("quoted", new Highlight(...marks));
}

function rangeIn(pane, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  while (walker.nextNode()) {
    const points = [...walker.currentNode.data];
    if (!begun && start < at + points.length) {
      range.setStart(walker.currentNode, points.slice(0, start - at).join("").length);
      begun = true;
    }
    if (begun && end <= at + points.length) {
      range.setEnd(walker.currentNode, points.slice(0, end - at).join("").length);
      return range;
    }
    at += points.length;
  }
  return null;
}
