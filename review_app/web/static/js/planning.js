// Follows the work in the background: asks every second and a half, reloads when it is over.
const sheet = document.getElementById("plan-progress");

function show(facts) {
  sheet.querySelector("[data-words]").textContent = facts.words;
  sheet.querySelector("[data-counted]").textContent = facts.counted;
  const bar = sheet.querySelector("[data-bar]");
  if (facts.percent === null) bar.removeAttribute("value");
  else bar.value = facts.percent;
  const figures = sheet.querySelector("[data-figures]");
  figures.hidden = facts.total === null;
  figures.querySelector("[data-total]").textContent = facts.total ?? "";
  figures.querySelector("[data-bound]").textContent = facts.bound ?? "";
  const hint = sheet.querySelector("[data-hint]");
  hint.hidden = !facts.hint;
  hint.textContent = facts.hint;
}

async function ask() {
  try {
    const answer = await fetch(sheet.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return window.location.reload();
    const facts = await answer.json();
    if (facts.over) return window.location.reload();
    show(facts);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the network is away for a moment: ask again
  }
  window.setTimeout(ask, 1500);
}

if (sheet) window.setTimeout(ask, 1000);
