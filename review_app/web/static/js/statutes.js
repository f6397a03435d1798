// Statutes: copying a citation, filters open on wide screens. Everything works without this.

const wide = window.matchMedia("(min-width: 992px)");

for (const fold of document.querySelectorAll("[data-open-wide]")) {
  if (wide.matches) fold.open = true;
}

async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select(); // without a secure connection the clipboard is out of reach: the person presses Ctrl+C
    return false;
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const words = button.querySelector("span");
  const before = words.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!(await copied(field))) return;
    words.textContent = button.dataset.done;
    setTimeout(() => { words.textContent = before; }, 2000);
  });
}
