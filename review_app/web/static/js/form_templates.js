// The sum of the maxima follows what is typed.

const shown = document.querySelector("[data-sum]");
const fields = [...document.querySelectorAll("[data-maximum]")];

function sum() {
  const total = fields.reduce((so_far, field) => so_far + (Number(field.value) || 0), 0);
  shown.querySelector("b").textContent = String(Math.round(total * 100) / 100);
  shown.classList.toggle("sum-wrong", total !== 100);
}

if (shown) {
  fields.forEach((field) => field.addEventListener("input", sum));
  sum();
  if (location.hash) document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
}
