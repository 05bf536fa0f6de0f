// Passkeys: asks the server for a task, has the browser solve it, sends the form with the solution.
"use strict";

const bytesOf = (text) => {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
};

const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const named = (list) => (list || []).map((one) => ({ ...one, id: bytesOf(one.id) }));

const readable = (task) => {
  const options = { ...task.publicKey, challenge: bytesOf(task.publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytesOf(options.user.id) };
  if (options.excludeCredentials) options.excludeCredentials = named(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = named(options.allowCredentials);
  return { publicKey: options };
};

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

const sendable = (solved) => {
  const response = {};
  for (const part of PARTS) {
    if (solved.response[part]) response[part] = textOf(solved.response[part]);
  }
  return JSON.stringify({
    id: solved.id,
    rawId: textOf(solved.rawId),
    type: solved.type,
    authenticatorAttachment: solved.authenticatorAttachment,
    clientExtensionResults: solved.getClientExtensionResults(),
    response,
  });
};

const solve = async (form) => {
  const asked = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!asked.ok) throw new Error(`the server answered ${asked.status}`);
  const solved = await navigator.credentials[form.dataset.passkey](readable(await asked.json()));
  form.elements.credential.value = sendable(solved);
  form.submit();
};

for (const form of document.querySelectorAll("[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-passkey-problem]");
    problem.hidden = true;
    try {
      await solve(form);
    } catch {
      form.elements.credential.value = "";
      problem.hidden = false;
      problem.focus();
    }
  });
}
