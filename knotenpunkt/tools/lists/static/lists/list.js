// Picking rows: all at once, a range with the shift key, and how many there are.
"use strict";

(() => {
  const form = document.getElementById("auswahl");
  const all = form?.querySelector("[data-pick-all]");
  if (!all) return;

  const boxes = [...form.querySelectorAll("tbody .kp-pick input")];
  const told = form.querySelector("[data-picked]");
  const everything = form.querySelector("[data-everything]");
  let last = null;

  // Picking single rows ends the pick of all pages.
  if (everything) for (const box of boxes) box.disabled = false;

  const count = () => {
    if (everything?.isConnected) return;
    const picked = boxes.filter((box) => box.checked).length;
    all.checked = picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
    if (told) told.textContent = told.dataset.picked.replace("{n}", picked);
  };

  all.hidden = false;
  all.addEventListener("change", () => {
    everything?.remove();
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  form.addEventListener("click", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0) return;
    everything?.remove();
    if (event.shiftKey && last !== null) {
      const [from, to] = [Math.min(at, last), Math.max(at, last)];
      for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked;
    }
    last = at;
    count();
  });
  form.addEventListener("formdata", (event) => {
    if (everything?.isConnected) event.formData.delete(boxes[0].name);
  });
  form.querySelector("[data-pick-none]")?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = false;
    count();
  });
  if (everything) all.checked = true;
  count();
})();
