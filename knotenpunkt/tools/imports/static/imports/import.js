// Says at once when a file is too large, instead of after minutes of sending.
(() => {
  const input = document.querySelector("input[type=file][data-max-bytes]");
  if (!input) return;
  input.addEventListener("change", () => {
    const file = input.files[0];
    const tooLarge = file && file.size > Number(input.dataset.maxBytes);
    input.setCustomValidity(tooLarge ? input.dataset.tooLarge : "");
    if (tooLarge) input.reportValidity();
  });
  input.form.addEventListener("submit", (event) => {
    if (!input.validity.customError) return;
    event.preventDefault();
    input.reportValidity();
  });
})();
