// What may be meant, below a field, while somebody types: a combobox after the ARIA practices.
// Without this script the field is a plain one, and what was typed is searched as it is.
"use strict";

(() => {
  const PAUSE = 120;
  const SPEAK_AFTER = 500;

  const attach = (field) => {
    const list = document.createElement("ul");
    list.id = `${field.id}-vorschlaege`;
    list.className = "kp-suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.dataset.proposals);
    list.hidden = true;
    field.after(list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": list.id, autocomplete: "off",
    })) field.setAttribute(name, value);

    let asking = null;
    let pause = 0;
    let speaking = 0;
    let shownFor = "";

    const options = () => [...list.children];
    const chosen = () => list.querySelector('[aria-selected="true"]');

    const choose = (option) => {
      chosen()?.setAttribute("aria-selected", "false");
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    };

    const unfold = (open) => {
      const shown = open && list.childElementCount > 0;
      list.hidden = !shown;
      field.setAttribute("aria-expanded", String(shown));
      if (!shown) {
        choose(null);
        clearTimeout(speaking);
      }
    };

    const speak = (told) => {
      clearTimeout(speaking);
      speaking = setTimeout(() => {
        const place = document.getElementById("ansage");
        if (place && told && !list.hidden) place.textContent = told;
      }, SPEAK_AFTER);
    };

    const show = (answer, typed) => {
      const told = new DOMParser().parseFromString(answer, "text/html").querySelector("ul");
      if (!told || field.value.trim() !== typed) return;
      choose(null);
      list.replaceChildren(...told.children);
      shownFor = typed;
      unfold(document.activeElement === field);
      speak(told.dataset.told);
    };

    const ask = async () => {
      const typed = field.value.trim();
      if (typed === shownFor) return unfold(true);
      asking?.abort();
      asking = new AbortController();
      const query = new URLSearchParams({ q: typed });
      try {
        const answer = await fetch(`${field.dataset.propose}?${query}`, {
          signal: asking.signal, credentials: "omit",
        });
        if (answer.ok) show(await answer.text(), typed);
      } catch {
        // Gone on typing, or no connection: the field works without.
      }
    };

    const forget = () => {
      clearTimeout(pause);
      asking?.abort();
      list.replaceChildren();
      shownFor = "";
      unfold(false);
    };

    // What is chosen joins what the form already says: a topic keeps the place, a place the age.
    const go = (option) => {
      const to = new URL(option.dataset.url, location.href);
      if (to.pathname === new URL(field.form.action).pathname) {
        const wish = new URLSearchParams();
        for (const [name, value] of new FormData(field.form)) {
          if (value !== "" && name !== field.name) wish.set(name, value);
        }
        for (const [name, value] of to.searchParams) wish.set(name, value);
        to.search = wish;
      }
      unfold(false);
      location.assign(to);
    };

    const step = (by) => {
      const all = options();
      const at = all.indexOf(chosen());
      choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by] ?? null);
    };

    const keys = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Home: () => choose(options()[0]),
      End: () => choose(options().at(-1)),
      Enter: () => go(chosen()),
      Escape: () => unfold(false),
    };

    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
      if (list.hidden) {
        if (!arrow || !list.childElementCount) return;
        unfold(true);
        event.preventDefault();
        if (!event.altKey) step(event.key === "ArrowDown" ? 1 : -1);
        return;
      }
      // Home, End and Enter belong to the field until something is chosen.
      if (!keys[event.key] || (!arrow && event.key !== "Escape" && !chosen())) return;
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    });

    field.addEventListener("input", (event) => {
      clearTimeout(pause);
      choose(null);
      if (field.value.trim().length < 2) return forget();
      if (!event.isComposing) pause = setTimeout(ask, PAUSE);
    });
    field.addEventListener("compositionend", () => { pause = setTimeout(ask, PAUSE); });
    field.addEventListener("blur", () => { clearTimeout(pause); unfold(false); });
    field.form.addEventListener("submit", forget);
    // A tap on a line must not take the focus out of the field.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) go(option);
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-propose]").forEach(attach);
  });
})();
