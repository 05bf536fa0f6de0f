// Small comforts; every page works without them.
"use strict";

const say = (text) => {
  const place = document.getElementById("ansage");
  if (!place || !text) return;
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = text; });
};

const copyAddress = async (button) => {
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    return;
  }
  const label = button.querySelector(".kern-label");
  const before = label.textContent;
  label.textContent = button.dataset.done || before;
  say(button.dataset.done);
  setTimeout(() => { label.textContent = before; }, 3000);
};

const shareAddress = async (button) => {
  if (!navigator.share) return copyAddress(button);
  try {
    await navigator.share({ title: document.title, url: location.href });
  } catch {
    // Closing the system's share sheet is an answer, not an error.
  }
};

const actions = { print: () => window.print(), copy: copyAddress, share: shareAddress };
const possible = {
  print: true,
  copy: Boolean(navigator.clipboard),
  share: Boolean(navigator.share),
};

const prepare = (root) => {
  for (const button of root.querySelectorAll("[data-action]")) {
    button.hidden = !possible[button.dataset.action];
  }
};

// What unfolds with a form begins in its first field, at once: somebody may be typing already.
const beginIn = (unfolded) => {
  if (unfolded.querySelector("form :focus")) return;
  unfolded.querySelector("form :is(input:not([type=hidden]), textarea)")?.focus();
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (button) actions[button.dataset.action]?.(button);
  for (const menu of document.querySelectorAll("details.kp-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.kp-menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  const field = event.target;
  if (event.key === "Enter" && !event.shiftKey && field.dataset?.enter === "submit") {
    event.preventDefault();
    field.form.requestSubmit();
    return;
  }
  const typing = field.closest?.("input, textarea, select, [contenteditable]");
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  const target = !typing && !modified && document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    target.focus();
    if (target.matches("summary")) {
      target.parentElement.open = true;
      beginIn(target.parentElement);
    }
  }
});

// A text field that grows with its text where the browser cannot do so by itself.
const grow = (field) => {
  if (CSS.supports("field-sizing", "content")) return;
  field.rows = Math.min(4, Math.max(1, Math.ceil(field.value.length / 34)));
};
document.addEventListener("input", (event) => {
  if (event.target.dataset?.enter === "submit") grow(event.target);
});

// After a part of the page was exchanged: say what came, wake up its buttons.
document.addEventListener("htmx:afterSettle", (event) => {
  prepare(event.target);
  const spoken = event.target.matches("[data-announce]")
    ? event.target
    : event.target.querySelector("[data-announce]");
  if (spoken) say(spoken.dataset.announce || spoken.textContent.trim());
});

document.addEventListener("toggle", (event) => {
  if (event.target.open) beginIn(event.target);
}, true);

document.addEventListener("DOMContentLoaded", () => {
  prepare(document);
  document.querySelectorAll('[data-enter="submit"]').forEach(grow);
  document.querySelector("[data-focus]")?.focus();
});
