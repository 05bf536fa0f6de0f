// "My location": asked only on tap; the browser rounds to about a kilometre before anything leaves
// it, our server answers with a postal code, and only that enters the address.
"use strict";

(() => {
  const round = (degrees) => Math.round(degrees * 100) / 100;

  const locate = (button) => {
    const field = document.getElementById("suche-ort");
    const failed = () => {
      document.getElementById("ansage").textContent = button.dataset.failed;
      field.placeholder = button.dataset.failed;
      field.focus();
      button.disabled = false;
    };
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(async ({ coords }) => {
      const query = new URLSearchParams({ lat: round(coords.latitude), lon: round(coords.longitude) });
      try {
        const answer = await fetch(`${button.dataset.locate}?${query}`);
        if (!answer.ok) return failed();
        field.value = (await answer.json()).postal_code;
      } catch {
        return failed();
      }
      button.disabled = false;
      field.form.requestSubmit();
    }, failed, { maximumAge: 600000, timeout: 10000 });
  };

  const prepare = () => {
    const button = document.querySelector("[data-locate]");
    if (!button || !navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", () => locate(button));
  };

  // The link "Filter" opens what it leads to.
  const openFilters = (event) => {
    const link = event.target.closest('a[href="#filter"]');
    if (link) document.getElementById("filter").open = true;
  };

  // Another page of the list: who reads with the keyboard or by ear goes on at its beginning.
  const readOn = (event) => {
    if (event.detail.requestConfig?.elt.closest(".kp-pages")) document.querySelector("#liste h1").focus();
  };

  document.addEventListener("DOMContentLoaded", prepare);
  document.addEventListener("htmx:afterSettle", readOn);
  document.addEventListener("click", openFilters);
})();
