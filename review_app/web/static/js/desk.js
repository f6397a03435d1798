// The scoring desk: saves while somebody types, turns pages beside the form, quotes what is selected.
// Everything here stands on buttons and fields that also work without it.
import { offerKept, keep, forget } from "./desk_keeping.js";
import { differences, shown } from "./desk_comparing.js";
import { readyPane, watchKeys } from "./desk_reading.js";
import { watchSelection, drawQuoted } from "./desk_quoting.js";

const desk = document.getElementById("desk");
const words = desk.dataset;
const token = desk.querySelector("input[name=csrf_token]").value;
const changed = new Map(); // field → number of its last change
const clashing = new Set(); // fields waiting for a choice between two versions
let counter = 0;
let timer = 0;
let firstWaiting = 0;
let saving = null;

const formPane = () => document.getElementById("form-pane");
const editionField = () => desk.querySelector("input[name=edition]");
const fieldsNamed = (name) => [...desk.elements].filter((one) => one.name === name);
const isAnswer = (name) => /^(D[1-8]|deduction|veto|law|field)\.|^(highlights|proposed_|proposal_|reserves_|volumes_|reading_|method|minutes_)/.test(name);

// ---- fields ----

export function valuesOf(name) {
  const fields = fieldsNamed(name);
  const ticks = fields.some((one) => one.type === "checkbox" || one.type === "radio");
  if (!ticks) return fields.map((one) => one.value);
  return fields.filter((one) => one.type === "hidden" || one.checked).map((one) => one.value);
}

export function setValues(name, value) {
  const list = (Array.isArray(value) ? value : [value === true ? "1" : value === false || value === null ? "" : value]).map(String);
  for (const one of fieldsNamed(name)) {
    if (one.type === "hidden") continue;
    if (one.type === "checkbox" || one.type === "radio") one.checked = list.includes(one.value);
    else one.value = list[list.length - 1] ?? "";
  }
}

desk.addEventListener("input", (event) => noticed(event.target));
desk.addEventListener("change", (event) => {
  const field = event.target;
  if (field.id === "document") return turn({ document: field.value, page: 1 });
  if (field.matches("[data-redraw]")) return redrawAfterSaving(field);
  if (field.matches("select")) noticed(field); // voice control and form fillers choose without an input event
  return undefined;
});

function noticed(field) {
  if (!isAnswer(field.name)) return;
  changed.set(field.name, ++counter);
  say(words.wUnsaved);
  const now = Date.now();
  firstWaiting ||= now;
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(1500, firstWaiting + 8000 - now)));
}

// ---- saving ----

function body(order) {
  const sent = new URLSearchParams();
  sent.set("csrf_token", token);
  sent.set("edition", editionField().value);
  for (const name of changed.keys()) if (!clashing.has(name)) for (const value of valuesOf(name)) sent.append(name, value);
  if (order) for (const [name, value] of order) sent.append(name, value);
  return sent;
}

/** Send what changed and maybe a pressed button; gives the answer, or null when it could not be sent. */
async function save(order = null) {
  if (saving) await saving;
  clearTimeout(timer);
  firstWaiting = 0;
  const waiting = [...changed.keys()].filter((name) => !clashing.has(name));
  if (!order && waiting.length === 0) return null;
  saving = send(order, new Map(changed));
  try {
    return await saving;
  } finally {
    saving = null;
  }
}

async function send(order, sent) {
  say(words.wSaving);
  let answer;
  try {
    answer = await fetch(words.draft, {
      method: "POST", body: body(order), keepalive: document.visibilityState === "hidden",
      headers: { "X-CSRFToken": token, Accept: "application/json" },
    });
  } catch {
    return later();
  }
  if (answer.redirected || answer.status === 401) return later(words.wSignedOut);
  if (answer.status >= 500) return later();
  const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
  if (told === null) return later(words.wRefused);
  if (answer.status === 409) return clash(told);
  if (!answer.ok) return later(told.message);
  for (const [name, at] of sent) if (changed.get(name) === at && !clashing.has(name)) changed.delete(name);
  settle(told);
  return told;
}

async function later(sentence = "") {
  const kept = await keep(desk, Object.fromEntries([...changed.keys()].map((name) => [name, valuesOf(name)])));
  say(sentence || (kept ? words.wLocal : words.wKept), true);
  clearTimeout(timer);
  timer = setTimeout(save, 10000);
  return null;
}

function settle(told) {
  editionField().value = told.edition;
  let strange = false;
  for (const [name, value] of Object.entries(told.elsewhere)) {
    if (fieldsNamed(name).length === 0) strange = true;
    else if (changed.has(name)) showTheirs(name, value);
    else setValues(name, value);
  }
  showRefused(told.refused);
  showState(told);
  if (changed.size === 0) {
    forget(desk);
    say(told.saved);
  } else if (clashing.size > 0) {
    say(words.wConflict, true);
  }
  if (strange) redraw();
}

window.addEventListener("online", () => save());
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
window.addEventListener("beforeunload", (event) => {
  if (changed.size === 0 && clashing.size === 0) return;
  save();
  event.preventDefault();
});

// ---- two versions of one field ----

function clash(told) {
  editionField().value = told.edition;
  for (const [name, value] of Object.entries(told.theirs)) showTheirs(name, value);
  say(words.wConflict, true);
  if ([...changed.keys()].some((name) => !clashing.has(name))) setTimeout(save, 0);
  return null;
}

function showTheirs(name, value) {
  clashing.add(name);
  const field = fieldsNamed(name).find((one) => one.type !== "hidden");
  const place = field?.closest(".field, .form-check");
  if (!place) return;
  place.querySelector(".theirs")?.remove();
  const box = element("div", "theirs");
  const text = Array.isArray(value) ? value.join("、") : value === true ? "✓" : value || words.wEmpty;
  const version = shown(differences(valuesOf(name).join("、"), text).theirs, words.wEmpty);
  box.append(element("b", "", words.wTheirs), version, choice(words.wMine, () => decided(name, box)), choice(words.wTake, () => {
    setValues(name, value);
    decided(name, box);
  }));
  place.append(box);
  place.closest("details")?.setAttribute("open", "");
}

function choice(text, act) {
  const button = element("button", "btn btn-secondary btn-sm", text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

function decided(name, box) {
  clashing.delete(name);
  box.remove();
  changed.set(name, ++counter);
  save();
}

// ---- what the answer changes on the page ----

function showState(told) {
  desk.querySelectorAll("[data-score]").forEach((one) => (one.textContent = told.score));
  desk.querySelectorAll("[data-grade-box] .grade").forEach((mark) => {
    mark.className = `grade grade-${told.grade.toLowerCase()}`;
    mark.querySelector("b").textContent = told.grade;
    mark.querySelector("span").textContent = told.grade_label;
  });
  for (const [code, one] of Object.entries(told.dimensions)) showDimension(code, one);
  showProblems(told.problems);
}

const MARKS = { done: "check-circle-fill", begun: "circle-half", todo: "circle" };

function showDimension(code, told) {
  const strip = desk.querySelector(`[data-strip="${code}"]`);
  strip.className = `strip-${told.status}`;
  strip.querySelector("[data-left]").textContent = told.left;
  const part = document.getElementById(code);
  part.className = `dimension dimension-${told.status}`;
  part.querySelector("[data-left]").textContent = told.left;
  part.querySelector("[data-deducted]").textContent = told.deducted === "0" ? "" : `−${told.deducted}${told.capped ? ` ${words.wCapped}` : ""}`;
  part.querySelector("[data-mark] .bi").className = `bi bi-${MARKS[told.status]}`;
}

function showProblems(lines) {
  const todo = document.getElementById("todo");
  todo.hidden = lines.length === 0;
  todo.querySelector("[data-problem-count]").textContent = lines.length;
  todo.querySelector("[data-problem-list]").replaceChildren(...lines.map(problemLine));
}

function problemLine(line) {
  const item = element("li");
  const link = element("a");
  link.href = `#${line.anchor}`;
  if (line.where) link.append(element("span", "todo-where", line.where));
  link.append(line.sentence);
  item.append(link);
  return item;
}

function showRefused(refused) {
  for (const [name, sentence] of Object.entries(refused)) {
    const place = fieldsNamed(name)[0]?.closest(".field");
    place?.querySelector(".field-error")?.remove();
    place?.append(element("p", "field-error", sentence));
  }
}

export function say(sentence, lasting = false) {
  const place = desk.querySelector("[data-saved]");
  place.textContent = sentence;
  place.classList.toggle("saved-not", lasting);
}

let quiet = 0;
export function tell(sentence, bad = false) {
  const place = document.getElementById("desk-message");
  if (!sentence) return;
  place.textContent = sentence;
  place.className = `desk-message${bad ? " desk-message-bad" : ""}`;
  place.hidden = false;
  clearTimeout(quiet);
  quiet = setTimeout(() => (place.hidden = true), bad ? 12000 : 4000);
}

function element(tag, css = "", text = "") {
  const made = document.createElement(tag);
  if (css) made.className = css;
  if (text) made.textContent = text;
  return made;
}

// ---- buttons ----

desk.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "do") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const typedCode = desk.elements.add_code?.value.trim();
  const order = button.value === "save" && typedCode && document.activeElement === desk.elements.add_code ? "deduct" : button.value;
  press(order, button);
}, { capture: true });

async function press(order, button) {
  const [verb, ...rest] = order.split(":");
  if (verb === "go") return turn(rest.length ? { document: rest[0], page: rest[1] } : { document: desk.elements.document.value, page: desk.elements.page.value });
  if (verb === "find") return turn({ document: desk.elements.document.value, page: desk.elements.page.value, find: desk.elements.find.value });
  if (verb === "law-for") {
    desk.elements.law_for.value = rest.join(":");
    return goTo("law-find");
  }
  if (verb === "hit") return turn({ document: rest[0], page: rest[1], start: rest[2], end: rest[3] });
  if (verb === "show") return turn({ document: button.dataset.document, page: button.dataset.page, start: button.dataset.start, end: button.dataset.end });
  if (verb === "save" && changed.size === 0) return say(desk.querySelector("[data-saved]").textContent || "");
  const extra = [["do", order], ...["add_code", `add_${rest[0]}`, `use_${rest[0]}`, "quote_words", "quote_target", "document", "page", "law_on", "law_find", "law_for"].filter((name) => desk.elements[name]).map((name) => [name, desk.elements[name].value])];
  const told = await save(extra);
  if (!told) return undefined;
  if (told.sign) {
    location.assign(words.sign);
    return undefined;
  }
  tell(told.message, told.failed);
  if (told.failed) return undefined;
  if (desk.elements.quote_words) desk.elements.quote_words.value = "";
  if (desk.elements.add_code) desk.elements.add_code.value = "";
  return verb === "save" ? undefined : redraw(told.anchor, told.unfold);
}

async function redrawAfterSaving(field) {
  changed.set(field.name, ++counter);
  if (await save()) await redraw(field.id);
}

/** Fetch the form anew; what is open, typed and focused stays. */
export async function redraw(anchor = "", unfold = "") {
  const address = new URL(words.here, location.href);
  for (const name of ["document", "page", "law_on", "law_find", "law_for"]) if (desk.elements[name]?.value) address.searchParams.set(name, desk.elements[name].value);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const pane = fresh.getElementById("form-pane");
  if (!pane) return void location.assign(words.here); // signed meanwhile, or not to be filled any more
  const open = new Set([...formPane().querySelectorAll("details[open]")].map((one) => one.id));
  const typed = new Map([...changed.keys()].map((name) => [name, valuesOf(name)]));
  const scrolled = formPane().querySelector(".desk-scroll")?.scrollTop ?? 0;
  pane.querySelectorAll("details.dimension, details.todo").forEach((one) => (one.open = open.has(one.id) || one.id === unfold));
  formPane().replaceWith(document.importNode(pane, true));
  for (const [name, values] of typed) {
    if (fieldsNamed(name).length > 0) setValues(name, values.length > 1 ? values : values[0] ?? "");
    else leftOver(name, values);
  }
  formPane().querySelector(".desk-scroll").scrollTop = scrolled;
  refreshTargets(fresh);
  ready();
  goTo(anchor);
}

/** What was typed into a part that another window removed is shown, so that it can be used elsewhere. */
function leftOver(name, values) {
  changed.delete(name);
  if (!values.join("").trim()) return;
  const box = element("div", "notice notice-warning");
  box.append(element("p", "keep-lines", `${words.wRemoved}${values.join("\n")}`));
  desk.before(box);
}

function refreshTargets(fresh) {
  const quoted = fresh.querySelector("[data-quoted]");
  const pane = desk.querySelector("[data-quoted]");
  if (quoted && pane) pane.dataset.quoted = quoted.dataset.quoted;
  const offered = fresh.getElementById("quote_target");
  const shown = document.getElementById("quote_target");
  if (offered && shown) shown.replaceChildren(...[...offered.children].map((one) => document.importNode(one, true)));
}

// ---- the file beside the form ----

export async function turn(place) {
  const address = new URL(words.pagePart, location.href);
  for (const [name, value] of Object.entries(place)) if (value !== undefined) address.searchParams.set(name, value);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return tell(words.wRefused, true);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const left = document.getElementById("file-pane");
  left.replaceWith(document.importNode(fresh.getElementById("file-pane"), true));
  readyPane(left, place.find !== undefined);
  document.getElementById("pane-file").checked = true;
  const mark = document.getElementById("quotation");
  if (mark) mark.scrollIntoView({ block: "center" });
  drawQuoted(document);
  return undefined;
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["PageUp", "PageDown"].includes(event.key)) return;
  const button = desk.querySelector(`[data-turn="${event.key === "PageUp" ? "prev" : "next"}"]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  press(button.value, button);
});

// ---- finding one's way ----

function goTo(anchor) {
  const place = anchor && document.getElementById(anchor);
  if (!place) return;
  for (let one = place; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
  if (formPane().contains(place)) document.getElementById("pane-form").checked = true;
  place.scrollIntoView({ block: "nearest" });
  const field = place.matches("input, textarea, select, summary") ? place : place.querySelector("input:not([type=hidden]), textarea, select, summary");
  (field ?? place).focus({ preventScroll: true });
}

desk.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  event.preventDefault();
  goTo(decodeURIComponent(link.hash.slice(1)));
});

function ready() {
  desk.querySelectorAll("[data-aim]").forEach((one) => (one.hidden = false));
  drawQuoted(document);
}

// what the refused page shows again is not saved yet
if (desk.querySelector(".theirs, .field-error")) for (const one of desk.elements) if (isAnswer(one.name)) changed.set(one.name, ++counter);

readyPane();
watchKeys({ goTo, find: () => press("find") });
watchSelection(desk, { token, changed: (told) => redraw("", told.unfold), tell });
offerKept(desk, { valuesOf, setValues, changed: (name) => noticed({ name }) });
ready();
if (location.hash) goTo(location.hash.slice(1));
