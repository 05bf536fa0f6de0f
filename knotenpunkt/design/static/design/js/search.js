// The search over everything: hits below the field, by arrows, Enter and Escape.
"use strict";

(() => {
  const field = document.getElementById("allessuche");
  const list = document.getElementById("allessuche-treffer");
  if (!field || !list) return;

  const hits = () => [...list.querySelectorAll('[role="option"]')];
  const chosen = () => list.querySelector('[aria-selected="true"]');

  const choose = (hit) => {
    chosen()?.setAttribute("aria-selected", "false");
    if (!hit) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    hit.setAttribute("aria-selected", "true");
    hit.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", hit.id);
  };

  const unfold = (open) => {
    const shown = open && list.childElementCount > 0 && field.value.trim() !== "";
    list.hidden = !shown;
    field.setAttribute("aria-expanded", String(shown));
    if (!shown) choose(null);
  };

  const step = (by) => {
    const all = hits();
    if (list.hidden) unfold(true);
    if (!all.length || list.hidden) return;
    const at = all.indexOf(chosen());
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
    choose(all[next] ?? null);
  };

  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (event.key === "Escape") {
      // First the hits close, then the field empties, then it lets go.
      if (!list.hidden) event.preventDefault();
      if (list.hidden && field.value === "") field.blur();
      unfold(false);
    }
  });

  field.addEventListener("input", () => { if (field.value.trim() === "") unfold(false); });
  field.addEventListener("focus", () => unfold(true));
  list.addEventListener("htmx:afterSettle", () => unfold(document.activeElement === field));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    if (!field.form.contains(event.target)) unfold(false);
  });
  field.form.addEventListener("focusout", (event) => {
    if (!field.form.contains(event.relatedTarget)) unfold(false);
  });
})();
