// Small comforts on top of pages that work without them.

const words = document.body.dataset;

// a button with data-confirm asks first
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-confirm]");
  if (!button || button.dataset.confirmed) return;
  event.preventDefault();
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const sentence = document.createElement("p");
  sentence.textContent = button.dataset.confirm;
  const row = document.createElement("div");
  row.className = "actions";
  row.append(answer(words.yes, "btn btn-primary", "yes"), answer(words.no, "btn btn-secondary", "no"));
  dialog.append(sentence, row);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    button.focus();
    if (dialog.returnValue !== "yes") return;
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  });
  row.addEventListener("click", (choice) => choice.target.value && dialog.close(choice.target.value));
  dialog.showModal();
});

function answer(text, css, value) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = css;
  button.value = value;
  button.textContent = text;
  return button;
}

// a form is sent once; coming back to the page frees it again
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), 10000); // an answer that is a download leaves the page standing
});
function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(release);
});

// folding menus close on Escape and on a click elsewhere
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const fold of document.querySelectorAll("details[data-fold][open]")) {
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const fold of document.querySelectorAll("details[data-fold][open]")) {
    if (!fold.contains(event.target)) fold.open = false;
  }
});

// the first problem gets the focus, so keyboard and screen reader land on it
document.querySelector(".error-summary")?.focus();

// say when the connection is gone, before somebody presses "save"
const offline = document.createElement("p");
offline.className = "offline";
offline.setAttribute("role", "alert");
offline.textContent = words.offline;
window.addEventListener("offline", () => document.body.append(offline));
window.addEventListener("online", () => offline.remove());
