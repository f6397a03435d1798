// Completing @names while writing. The names offered are the boxes below the text: people the writer may ask, no others.

const LONGEST = 12;

for (const text of document.querySelectorAll("form:has(input[name=mentioned]) textarea[name=text]")) attach(text);

function attach(text) {
  const people = [...text.form.querySelectorAll("input[name=mentioned]")].map((box) => ({ box, name: text.form.querySelector(`label[for="${box.id}"]`).textContent.trim() }));
  const list = document.createElement("ul");
  Object.assign(list, { id: `${text.id}-names`, className: "mention-list", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", text.form.querySelector("legend")?.textContent.trim() ?? "@");
  text.after(list);
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-controls", list.id);
  let chosen = 0;

  const begun = () => /@([^\s@，。；：、]*)$/u.exec(text.value.slice(0, text.selectionStart));
  const options = () => [...list.children];

  function offer() {
    const found = begun();
    const fitting = found && found[1].length <= LONGEST ? people.filter((one) => one.name.startsWith(found[1])) : [];
    list.replaceChildren(...fitting.map(option));
    list.hidden = fitting.length === 0;
    mark(0);
  }

  function option(person, place) {
    const item = document.createElement("li");
    Object.assign(item, { id: `${list.id}-${place}`, textContent: person.name });
    item.setAttribute("role", "option");
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(person); });
    item.person = person;
    return item;
  }

  function mark(place) {
    chosen = place;
    options().forEach((one, number) => one.setAttribute("aria-selected", String(number === place)));
    const current = options()[place];
    if (current) text.setAttribute("aria-activedescendant", current.id);
    else text.removeAttribute("aria-activedescendant");
  }

  function take(person) {
    const end = text.selectionStart;
    text.setRangeText(`@${person.name} `, end - begun()[0].length, end, "end");
    person.box.checked = true;
    close();
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
    text.removeAttribute("aria-activedescendant");
  }

  text.addEventListener("input", offer);
  text.addEventListener("blur", close);
  text.addEventListener("keydown", (event) => {
    const many = options().length;
    if (list.hidden || many === 0 || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark((chosen + (event.key === "ArrowDown" ? 1 : many - 1)) % many);
    else if (event.key === "Enter" || event.key === "Tab") take(options()[chosen].person);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
