// A page that follows a session: every few seconds it is asked for again, and the parts marked data-follow are
// replaced where they differ. What somebody is just filling in is never replaced; a sentence says that there is news.
// Nothing is shown that opening the page anew would not show.

const root = document.querySelector("[data-following]");
const pause = Number(root.dataset.following) * 1000;
const news = document.createElement("p");
news.className = "notice notice-info following-news";
news.setAttribute("role", "status");
root.before(news);
news.hidden = true;

const parts = (page) => new Map([...page.querySelectorAll("[data-follow]")].map((one) => [one.dataset.follow, one]));

/** What a part says, without the token that differs in every answer. */
function said(part) {
  const copy = part.cloneNode(true);
  copy.querySelectorAll("input[name=csrf_token]").forEach((one) => one.remove());
  return copy.innerHTML;
}

const touched = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.type !== "hidden" && field.value !== field.defaultValue;
};

const inUse = (part) =>
  part.contains(document.activeElement) ||
  [...part.querySelectorAll("input, select, textarea")].some(touched) ||
  document.querySelector("dialog[open]") !== null;

function take(page) {
  const fresh = parts(page);
  let kept = false;
  for (const [name, part] of parts(document)) {
    const wanted = fresh.get(name);
    if (!wanted || shownLast.get(name) === said(wanted)) continue;
    if (inUse(part)) kept = true;
    else {
      shownLast.set(name, said(wanted));
      part.replaceChildren(...[...wanted.childNodes].map((one) => document.adoptNode(one)));
    }
  }
  news.textContent = kept ? root.dataset.news : "";
  news.hidden = !kept;
}

// compared with what the server last said, since scripts may have dressed up what stands on the page
const shownLast = new Map([...parts(document)].map(([name, part]) => [name, said(part)]));

async function look() {
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(location.href, { headers: { "X-Requested-With": "following" }, cache: "no-store" });
      if (!answer.ok || answer.redirected) return; // signed out, or no longer one's own: the page stays as it is
      take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (problem) {
      if (!(problem instanceof TypeError)) throw problem; // no connection now; the next look tries again
    }
  }
  setTimeout(look, pause);
}

setTimeout(look, pause);
