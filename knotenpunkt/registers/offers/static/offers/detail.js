// "Back to the offers" leads to the very list one came from, when one came from it.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const back = document.querySelector("a.kp-back");
  if (!back || !document.referrer) return;
  const before = new URL(document.referrer);
  if (before.origin === location.origin && before.pathname === new URL(back.href).pathname) {
    back.href = document.referrer;
  }
});
