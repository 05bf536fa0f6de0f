// Asks before leaving with changes that are not saved. The form works without it.
"use strict";

(() => {
  const form = document.querySelector("form[data-unsaved]");
  if (!form) return;
  let dirty = "dirty" in form.dataset;

  form.addEventListener("input", () => { dirty = true; });
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.matches?.(".kp-edit__section")) dirty = true;
  });
  form.addEventListener("submit", ({ submitter }) => {
    if (!submitter?.formTarget) dirty = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
})();
