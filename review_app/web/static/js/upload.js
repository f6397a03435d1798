// Many files, one request each: progress per file, and a file that fails does not stop the others.
// Without this script the form sends all of them in one request.

const form = document.querySelector("form[data-upload]");
const words = form.dataset;
const input = form.querySelector('input[type="file"]');
const confirmed = form.querySelector('input[name="not_secret"]');
const zone = form.querySelector(".drop-zone");
const queue = form.querySelector("[data-queue]");
const total = form.querySelector("[data-total]");
const waiting = [];
let busy = false;

input.addEventListener("change", () => {
  add(input.files);
  input.value = "";
});

for (const name of ["dragover", "dragenter"]) {
  zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.add("drop-ready");
  });
}
zone.addEventListener("dragleave", (event) => {
  if (!zone.contains(event.relatedTarget)) zone.classList.remove("drop-ready");
});
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  zone.classList.remove("drop-ready");
  add(event.dataTransfer.files);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!waiting.length) return say(words.none);
  if (!confirmed.checked) {
    confirmed.focus();
    return say(words.unconfirmed);
  }
  sendAll();
});

window.addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});

function add(files) {
  for (const file of files) {
    const row = rowFor(file);
    waiting.push(row);
    queue.append(row.item);
  }
  say("");
}

function rowFor(file) {
  const row = { file, item: document.createElement("li"), icon: document.createElement("i") };
  const box = document.createElement("div");
  const name = document.createElement("strong");
  const size = document.createElement("span");
  row.bar = document.createElement("progress");
  row.line = document.createElement("p");
  row.button = document.createElement("button");
  name.textContent = file.name;
  size.className = "upload-size";
  size.textContent = file.size < 1e6 ? `${Math.ceil(file.size / 1e3)} kB` : `${(file.size / 1e6).toFixed(1)} MB`;
  row.bar.max = 100;
  row.bar.value = 0;
  row.bar.hidden = true;
  row.button.type = "button";
  row.button.className = "btn-quiet";
  row.button.setAttribute("aria-label", `${words.remove} ${file.name}`);
  row.icon.setAttribute("aria-hidden", "true");
  box.append(name, size, row.bar, row.line);
  row.item.append(row.icon, box, row.button);
  show(row, "hourglass", "", words.waiting, words.remove);
  row.button.addEventListener("click", () => (row.failed ? retry(row) : remove(row)));
  return row;
}

function show(row, icon, css, sentence, button) {
  row.icon.className = `bi bi-${icon}`;
  row.item.className = css;
  row.line.textContent = sentence;
  row.button.textContent = button;
  row.button.hidden = !button;
}

function remove(row) {
  waiting.splice(waiting.indexOf(row), 1);
  row.item.remove();
  input.focus();
}

function retry(row) {
  row.failed = false;
  waiting.push(row);
  sendAll();
}

async function sendAll() {
  if (busy) return;
  busy = true;
  form.setAttribute("aria-busy", "true");
  while (waiting.length) await send(waiting.shift());
  busy = false;
  form.removeAttribute("aria-busy");
  const kept = queue.querySelectorAll(".upload-kept").length;
  const refused = queue.querySelectorAll(".upload-refused").length;
  say(words.summary.replace("{kept}", kept).replace("{refused}", refused));
}

function send(row) {
  const facts = new FormData();
  facts.append("csrf_token", form.querySelector('[name="csrf_token"]').value);
  facts.append("not_secret", "y");
  facts.append("files", row.file);
  row.bar.hidden = false;
  show(row, "arrow-up-circle", "", words.sending, "");
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      row.bar.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
    });
    request.upload.addEventListener("load", () => {
      row.bar.removeAttribute("value");
      row.line.textContent = words.checking;
    });
    request.addEventListener("loadend", () => {
      settle(row, request);
      done();
    });
    request.send(facts);
  });
}

function settle(row, request) {
  row.bar.hidden = true;
  const answer = request.status === 200 && request.response;
  if (answer?.kept?.length) return show(row, "check-circle", "upload-kept", answer.kept[0].sentence, "");
  if (answer?.refused?.length) return show(row, "x-octagon", "upload-refused", answer.refused[0].sentence, "");
  row.failed = true;
  const why = { 400: words.ended, 200: words.ended, 413: words.tooLarge }[request.status] ?? words.failed;
  return show(row, "exclamation-octagon", "upload-refused", why, words.retry);
}

function say(sentence) {
  total.textContent = sentence;
}
