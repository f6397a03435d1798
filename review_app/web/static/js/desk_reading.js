// Reading beside the form: zoom that is kept, the list of places found that stays while pages turn, keys.

const SIZES = ["80", "90", "100", "115", "130", "150", "180"];
const USUAL = "100";
const KEPT = "yian-desk-zoom";
const NO_SINGLE_KEYS = "yian-desk-no-single-keys";

/** Make a newly shown page ready; `left` is the pane it replaced, whose places found stay unless searched anew. */
export function readyPane(left = null, searched = false) {
  const pane = document.getElementById("file-pane");
  const found = left?.querySelector("#file-hits");
  if (found && !searched && !pane.querySelector("#file-hits")) {
    pane.querySelector(".desk-find")?.after(found);
    pane.querySelector("#find").value = left.querySelector("#find").value;
  }
  const original = pane.querySelector("#original");
  if (original && left?.querySelector("#original")) original.open ||= left.querySelector("#original").open;
  pane.querySelector("[data-picture] img")?.addEventListener("error", (event) => {
    event.target.hidden = true;
    event.target.parentElement.querySelector("[data-failed]").hidden = false;
  });
  pane.querySelectorAll("[data-zoom]").forEach((one) => (one.hidden = false));
  show(localStorage.getItem(KEPT) ?? USUAL);
}

/** Keys of the whole desk; single characters count only outside fields. */
export function watchKeys({ goTo, find }) {
  document.addEventListener("keydown", (event) => {
    if (event.target.id === "find" && event.key === "Enter") return take(event, find);
    if (event.target.id === "law-find" && event.key === "Enter") return take(event, () => document.querySelector("button[value=find-law]").click());
    if (event.ctrlKey || event.metaKey) return undefined;
    if (event.altKey) return withAlt(event, goTo);
    if (event.target.closest?.("input, textarea, select")) return undefined;
    if (localStorage.getItem(NO_SINGLE_KEYS)) return undefined;
    if (event.key === "?") return take(event, toggleHelp);
    if (event.key === "/") return take(event, toSearch);
    return undefined;
  });
  offerSwitch();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom-by]");
    if (button) zoom(Number(button.dataset.zoomBy));
  });
}

/** Single characters as commands can be switched off (WCAG 2.1.4); the choice stays in this browser. */
function offerSwitch() {
  const box = document.getElementById("single-keys");
  box.closest("[data-single-keys]").hidden = false;
  box.checked = !localStorage.getItem(NO_SINGLE_KEYS);
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(NO_SINGLE_KEYS) : localStorage.setItem(NO_SINGLE_KEYS, "1")));
}

function withAlt(event, goTo) {
  const dimension = /^Digit([1-8])$/.exec(event.code);
  if (dimension) return take(event, () => goTo(`D${dimension[1]}`));
  if (event.code === "Digit0") return take(event, toText);
  if (event.code === "Equal") return take(event, () => zoom(1));
  if (event.code === "Minus") return take(event, () => zoom(-1));
  return undefined;
}

function take(event, act) {
  event.preventDefault();
  act();
}

function toggleHelp() {
  const help = document.getElementById("desk-keys");
  help.open = !help.open;
  help.querySelector("summary").focus();
}

function toSearch() {
  document.getElementById("pane-file").checked = true;
  document.getElementById("find")?.focus();
}

function toText() {
  document.getElementById("pane-file").checked = true;
  document.querySelector(".file-text")?.focus();
}

function zoom(steps) {
  const at = SIZES.indexOf(localStorage.getItem(KEPT) ?? USUAL);
  const size = SIZES[Math.min(Math.max((at < 0 ? SIZES.indexOf(USUAL) : at) + steps, 0), SIZES.length - 1)];
  localStorage.setItem(KEPT, size);
  show(size);
}

function show(size) {
  const pane = document.getElementById("file-pane");
  for (const one of SIZES) pane.classList.toggle(`zoom-${one}`, one === size);
}
