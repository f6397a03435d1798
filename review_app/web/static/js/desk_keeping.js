// While the connection is lost, what was typed is kept in this browser – sealed with a key that only the signed-in
// owner of the form is given, so that the next person at the machine cannot read it – and offered back later.
import { differences, shown } from "./desk_comparing.js";

export const canKeep = () => Boolean(globalThis.crypto?.subtle) && "localStorage" in globalThis;

async function key(desk) {
  const bytes = Uint8Array.from(desk.dataset.key.match(/../g), (pair) => parseInt(pair, 16));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

const toText = (bytes) => btoa(Array.from(new Uint8Array(bytes), (one) => String.fromCharCode(one)).join(""));
const toBytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

/** Keep fields (name → values); gives whether that was possible. */
export async function keep(desk, fields) {
  if (!canKeep()) return false;
  try {
    const salt = crypto.getRandomValues(new Uint8Array(12));
    const content = new TextEncoder().encode(JSON.stringify({ at: new Date().toISOString(), fields }));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: salt }, await key(desk), content);
    localStorage.setItem(desk.dataset.local, `${toText(salt)}.${toText(sealed)}`);
    return true;
  } catch (problem) {
    if (problem instanceof DOMException) return false; // no room, or the browser forbids storage
    throw problem;
  }
}

export function forget(desk) {
  if ("localStorage" in globalThis) localStorage.removeItem(desk.dataset.local);
}

async function kept(desk) {
  const stored = canKeep() ? localStorage.getItem(desk.dataset.local) : null;
  if (!stored) return null;
  const [salt, sealed] = stored.split(".").map(toBytes);
  try {
    const open = await crypto.subtle.decrypt({ name: "AES-GCM", iv: salt }, await key(desk), sealed);
    return JSON.parse(new TextDecoder().decode(open));
  } catch (problem) {
    if (problem instanceof DOMException) return null; // sealed for somebody else
    throw problem;
  }
}

/** Offer what was kept and differs from what the page shows: both versions of every field, to be chosen one by one. */
export async function offerKept(desk, { valuesOf, setValues, changed }) {
  const found = await kept(desk);
  const fields = Object.entries(found?.fields ?? {}).filter(([name, values]) => JSON.stringify(valuesOf(name)) !== JSON.stringify(values));
  if (fields.length === 0) return forgetIf(found, desk);
  const box = element("section", "notice notice-warning kept");
  box.setAttribute("role", "alert");
  box.append(element("p", "", `${desk.dataset.wRestore}（${new Date(found.at).toLocaleString(document.documentElement.lang)}）`));
  const chosen = fields.map(([name, values]) => comparison(desk, box, name, values, valuesOf(name)));
  const use = button(desk.dataset.wUse, "btn btn-primary btn-sm", () => {
    for (const [place, [name]] of fields.entries()) {
      const wanted = chosen[place]();
      if (wanted === null) continue;
      setValues(name, wanted.length > 1 ? wanted : wanted[0] ?? "");
      changed(name);
    }
    if (chosen.every((one) => one() === null)) forget(desk);
    box.remove();
  });
  const discard = button(desk.dataset.wDiscard, "btn btn-secondary btn-sm", () => {
    forget(desk);
    box.remove();
  });
  box.append(use, discard);
  desk.before(box);
  return undefined;
}

/** One field with both its versions; gives a function that tells the values chosen, null for those on the page. */
function comparison(desk, box, name, mine, theirs) {
  const words = desk.dataset;
  const group = element("fieldset", "comparison");
  group.append(element("legend", "", labelOf(desk, name)));
  const [own, stored] = [mine.join("\n"), theirs.join("\n")];
  const versions = differences(own, stored);
  const choices = [["mine", words.wHere, versions.mine], ["theirs", words.wStored, versions.theirs]];
  if (isLong(desk, name) && own.trim() && stored.trim()) choices.push(["both", words.wJoin, null]);
  for (const [value, text, pieces] of choices) {
    const label = element("label", "comparison-choice");
    const radio = element("input", "");
    [radio.type, radio.name, radio.value, radio.checked] = ["radio", `kept-${name}`, value, value === "mine"];
    label.append(radio, element("b", "", text));
    if (pieces) label.append(shown(pieces, words.wEmpty));
    group.append(label);
  }
  box.append(group);
  return () => {
    const value = group.querySelector("input:checked").value;
    return value === "theirs" ? null : value === "both" ? [`${stored}\n${own}`] : mine;
  };
}

function labelOf(desk, name) {
  const field = [...desk.elements].find((one) => one.name === name && one.type !== "hidden");
  const part = field?.closest(".dimension")?.id ?? "";
  const own = field?.labels?.[0]?.textContent.trim() || field?.getAttribute("aria-label") || "";
  return [part, own.replace(/\s+/g, " ")].filter(Boolean).join(" · ") || name;
}

const isLong = (desk, name) => [...desk.elements].some((one) => one.name === name && one.tagName === "TEXTAREA");

function element(tag, css, text = "") {
  const made = document.createElement(tag);
  if (css) made.className = css;
  if (text) made.textContent = text;
  return made;
}

function forgetIf(found, desk) {
  if (found) forget(desk);
}

function button(text, css, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = css;
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}
