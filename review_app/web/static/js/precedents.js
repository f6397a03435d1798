// Precedent pages: jump from hit to hit, and put selected words into the citation form. Everything works without this.

const fullText = document.querySelector("[data-full-text]");
const wide = window.matchMedia("(min-width: 992px)");

function keepFiltersOpen() {
  for (const fold of document.querySelectorAll("[data-open-wide]")) {
    if (wide.matches) fold.open = true;
  }
}

function jumpButtons(bar) {
  const total = Number(bar.dataset.jump);
  const link = bar.querySelector("a");
  let at = 0;
  const place = document.createElement("span");
  const go = (step) => {
    at = ((at - 1 + step + total) % total) + 1;
    const mark = document.getElementById(`hit-${at}`);
    mark?.focus({ preventScroll: true });
    mark?.scrollIntoView({ block: "center" });
    place.textContent = `${at} / ${total}`;
  };
  const button = (icon, step, key) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm btn-secondary";
    made.title = key;
    made.setAttribute("aria-label", step > 0 ? link.textContent + " +1" : link.textContent + " −1");
    made.innerHTML = `<i class="bi bi-chevron-${icon}" aria-hidden="true"></i>`;
    made.addEventListener("click", () => go(step));
    return made;
  };
  link.addEventListener("click", () => { at = 1; place.textContent = `1 / ${total}`; });
  bar.append(button("up", -1, "p"), button("down", 1, "n"), place);
  if ("go" in bar.dataset) go(1);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "n") go(1);
    if (event.key === "p") go(at ? -1 : 0);
  });
}

const characters = (text) => Array.from(text).length;

function placeInText(node, offset) {
  const before = document.createRange();
  before.selectNodeContents(fullText);
  before.setEnd(node, offset);
  return characters(before.toString());
}

function citeSelection(form) {
  const [start, end, quote] = ["start", "end", "quote"].map((name) => form.elements[name]);
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !fullText.contains(selection.anchorNode) || !fullText.contains(selection.focusNode)) return;
    const range = selection.getRangeAt(0);
    start.value = placeInText(range.startContainer, range.startOffset);
    end.value = placeInText(range.endContainer, range.endOffset);
    quote.value = range.toString();
    form.closest(".cite").classList.add("cite-flash");
  });
  quote.addEventListener("input", () => { start.value = ""; end.value = ""; });
}

keepFiltersOpen();
wide.addEventListener("change", keepFiltersOpen);
const bar = document.querySelector("[data-jump]");
if (bar && fullText) jumpButtons(bar);
const cite = document.querySelector("[data-cite]");
if (cite && fullText) citeSelection(cite);
