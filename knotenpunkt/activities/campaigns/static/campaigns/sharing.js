// Adds the shares up while somebody types; the server checks them again.
"use strict";

for (const form of document.querySelectorAll("[data-shares]")) {
  const sum = form.querySelector("[data-sum]");
  const fields = [...form.querySelectorAll("[data-share]")];
  const stock = Number(form.dataset.stock);
  const others = Number(form.dataset.others);

  const isFine = (field) => {
    const text = field.value.trim();
    if (text === "") return true;
    const packs = Number(text);
    return /^\d+$/.test(text) && packs >= Number(field.dataset.least) && packs <= Number(field.dataset.most);
  };

  const addUp = () => {
    let given = others;
    for (const field of fields) {
      given += Number(field.value.trim()) || 0;
      if (isFine(field)) field.removeAttribute("aria-invalid");
      else field.setAttribute("aria-invalid", "true");
    }
    const left = stock - given;
    sum.classList.toggle("kp-sharesum--over", left < 0);
    const one = Math.abs(left) === 1 ? "One" : "";
    sum.firstElementChild.textContent = left < 0
      ? sum.dataset[`over${one}`].replace("%(over)s", -left)
      : sum.dataset[`left${one}`].replace("%(left)s", left).replace("%(stock)s", stock);
  };

  if (sum) form.addEventListener("input", addUp);
}
