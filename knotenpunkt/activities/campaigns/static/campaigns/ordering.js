/* The buttons beside a number count here at once; without this script the form does it. */
document.addEventListener("click", (event) => {
  const button = event.target.closest(".kp-stepper button");
  if (!button) return;
  const field = button.parentElement.querySelector("input");
  const before = field.value;
  if (before.trim() === "") field.value = "0";
  if (button.value.startsWith("mehr:")) field.stepUp();
  else field.stepDown();
  event.preventDefault();
  if (field.value !== before) field.dispatchEvent(new Event("input", { bubbles: true }));
});
