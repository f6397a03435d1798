// Precedent pages: keys, jumping from hit to hit, the outline that follows, and selected words into the citation form.
// Everything works without this.

const fullText = document.querySelector("[data-full-text]");
const wide = window.matchMedia("(min-width: 992px)");

function keepFiltersOpen() {
  for (const fold of document.querySelectorAll("[data-open-wide]")) {
    if (wide.matches) fold.open = true;
  }
}

// a screen reader tells how many cases there are when the page has come
function announce(line) {
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  document.body.append(spoken);
  setTimeout(() => { spoken.textContent = line.textContent.trim(); }, 200);
}

// ---- keys ----

const keys = new Map();
const typing = (target) => target.closest?.("input, textarea, select, dialog, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = keys.get(event.key);
  if (act && act(event) !== false) event.preventDefault();
});

function showKeys() {
  const dialog = document.querySelector("[data-keys]");
  if (dialog && !dialog.open) dialog.showModal();
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (!link) return false;
  link.click();
  return true;
}

function commonKeys() {
  keys.set("?", showKeys);
  keys.set("/", () => {
    const box = document.querySelector("#q") ?? document.querySelector("#top-search");
    box?.focus();
    box?.select();
  });
  for (const button of document.querySelectorAll("[data-show-keys]")) {
    button.hidden = false;
    button.addEventListener("click", showKeys);
  }
}

function hitKeys(rows) {
  let at = rows.findIndex((row) => `#${row.id}` === location.hash);
  const show = (step) => {
    at = Math.min(Math.max(at + step, 0), rows.length - 1);
    rows.forEach((row, number) => row.classList.toggle("is-current", number === at));
    rows[at].querySelector("[data-opens]").focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  };
  const inRow = (selector) => () => {
    if (at < 0) return false;
    rows[at].querySelector(selector)?.click();
    return true;
  };
  if (at >= 0) show(0);
  keys.set("j", () => show(1));
  keys.set("k", () => show(-1));
  keys.set("o", inRow("[data-opens]"));
  keys.set("c", inRow("[data-compare]"));
  for (const key of ["n", "]"]) keys.set(key, () => follow("[data-page=next]"));
  for (const key of ["p", "["]) keys.set(key, () => follow("[data-page=prev]"));
}

// ---- reading ----

function jumpButtons(bar) {
  const { jump, first, last, before, after, previousWords, nextWords } = bar.dataset;
  const [total, lowest, highest] = [jump, first, last].map(Number);
  const link = bar.querySelector("a");
  const place = document.createElement("span");
  place.setAttribute("role", "status");
  let at = 0;
  const land = (number) => {
    at = number;
    const mark = document.getElementById(`hit-${at}`);
    mark?.focus({ preventScroll: true });
    mark?.scrollIntoView({ block: "center" });
    place.textContent = `${at} / ${total}`;
  };
  const go = (step) => {
    const wanted = at ? at + step : step > 0 ? lowest || 1 : highest || total;
    if (wanted > highest && after) return location.assign(after);
    if (wanted < lowest && before) return location.assign(before);
    if (wanted > highest || wanted < lowest) return land(((wanted - 1 + total) % total) + 1);
    return land(wanted);
  };
  const button = (icon, step, key, words) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm btn-secondary";
    made.title = `${words} (${key})`;
    made.setAttribute("aria-label", words);
    made.innerHTML = `<i class="bi bi-chevron-${icon}" aria-hidden="true"></i>`;
    made.addEventListener("click", () => go(step));
    return made;
  };
  const fromAddress = () => {
    const named = /^#hit-(\d+)$/.exec(location.hash);
    if (named && document.getElementById(`hit-${named[1]}`)) land(Number(named[1]));
  };
  bar.append(button("up", -1, "p", previousWords), button("down", 1, "n", nextWords), place);
  fromAddress();
  window.addEventListener("hashchange", fromAddress);
  if ("go" in bar.dataset && !at) go(1);
  keys.set("n", () => { go(1); });
  keys.set("p", () => { go(-1); });
}

// the section being read is marked in the outline
function followOutline(list) {
  const anchors = [...fullText.querySelectorAll("[data-section]")];
  const links = new Map([...list.querySelectorAll("[data-of]")].map((link) => [link.dataset.of, link]));
  let waiting = false;
  const mark = () => {
    waiting = false;
    const line = window.innerHeight * 0.3;
    const passed = anchors.filter((anchor) => anchor.getBoundingClientRect().top <= line);
    const here = (passed.at(-1) ?? anchors[0])?.dataset.section;
    for (const [name, link] of links) {
      link.classList.toggle("is-here", name === here);
      if (name === here) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  window.addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }, { passive: true });
  mark();
}

const characters = (text) => Array.from(text).length;

function placeInText(node, offset) {
  const before = document.createRange();
  before.selectNodeContents(fullText);
  before.setEnd(node, offset);
  return Number(fullText.dataset.offset) + characters(before.toString());
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

function printButtons() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

keepFiltersOpen();
wide.addEventListener("change", keepFiltersOpen);
document.querySelectorAll("[data-announce]").forEach(announce);
document.querySelectorAll("[data-sends]").forEach((field) => field.addEventListener("change", () => field.form.requestSubmit()));
commonKeys();
printButtons();
const rows = [...document.querySelectorAll("[data-hit-row]")];
if (rows.length) hitKeys(rows);
const bar = document.querySelector("[data-jump]");
if (bar && fullText) jumpButtons(bar);
const outline = document.querySelector("[data-outline]");
if (outline && fullText) followOutline(outline);
const cite = document.querySelector("[data-cite]");
if (cite && fullText) citeSelection(cite);
