// While the connection is lost, what was typed is kept in this browser – sealed with a key that only the signed-in
// owner of the form is given, so that the next person at the machine cannot read it – and offered back later.

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

/** Offer what was kept and differs from what the page shows. */
export async function offerKept(desk, { valuesOf, setValues, changed }) {
  const found = await kept(desk);
  const fields = Object.entries(found?.fields ?? {}).filter(([name, values]) => JSON.stringify(valuesOf(name)) !== JSON.stringify(values));
  if (fields.length === 0) return forgetIf(found, desk);
  const box = document.createElement("div");
  box.className = "notice notice-warning kept";
  box.setAttribute("role", "alert");
  const sentence = document.createElement("p");
  sentence.textContent = `${desk.dataset.wRestore}（${new Date(found.at).toLocaleString()}）`;
  const use = button(desk.dataset.wUse, "btn btn-primary btn-sm", () => {
    for (const [name, values] of fields) {
      setValues(name, values.length > 1 ? values : values[0] ?? "");
      changed(name);
    }
    box.remove();
  });
  const discard = button(desk.dataset.wDiscard, "btn btn-secondary btn-sm", () => {
    forget(desk);
    box.remove();
  });
  box.append(sentence, use, discard);
  desk.before(box);
  return undefined;
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
