// Turning pages with the arrow keys; a quotation comes into view.

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const turn = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = turn && document.querySelector(`.page-turn a[rel="${turn}"]`);
  if (link) link.click();
});

document.getElementById("quotation")?.scrollIntoView({ block: "center" });
