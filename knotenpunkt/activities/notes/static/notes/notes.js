// Suggests organisations and contacts while one types with whom one spoke.
"use strict";

for (const fields of document.querySelectorAll("[data-suggests]")) {
  const field = document.getElementById(fields.dataset.suggestsFor);
  const list = document.createElement("datalist");
  list.id = `${field.id}_vorschlaege`;
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting = 0;
  let asked = "";
  const suggest = async () => {
    const typed = field.value.trim();
    if (typed.length < 2 || typed === asked) return;
    asked = typed;
    try {
      const answer = await fetch(`${fields.dataset.suggests}?who=${encodeURIComponent(typed)}`);
      if (answer.ok && !answer.redirected && asked === typed) list.innerHTML = await answer.text();
    } catch {
      // Without suggestions it is free text.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 200);
  });
}
