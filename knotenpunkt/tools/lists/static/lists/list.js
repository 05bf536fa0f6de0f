// Picking rows: all at once, a range with the shift key, and how many there are.
"use strict";

(() => {
  const form = document.getElementById("auswahl");
  const all = form?.querySelector("[data-pick-all]");
  if (!all) return;

  const boxes = [...form.querySelectorAll("tbody .kp-pick input")];
  const told = form.querySelector("[data-picked]");
  let last = null;

  const count = () => {
    const picked = boxes.filter((box) => box.checked).length;
    all.checked = picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
    if (told) told.textContent = told.dataset.picked.replace("{n}", picked);
  };

  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  form.addEventListener("click", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0) return;
    if (event.shiftKey && last !== null) {
      const [from, to] = [Math.min(at, last), Math.max(at, last)];
      for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked;
    }
    last = at;
    count();
  });
  form.querySelector("[data-pick-none]")?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = false;
    count();
  });
  count();
})();
