// "So it becomes" follows what is chosen; without this script it shows the suggestion.
document.addEventListener("change", (event) => {
  const input = event.target.closest(".kp-merge input[type=radio]");
  if (!input) return;
  const result = document.querySelector(`[data-result="${input.name}"]`);
  result.textContent = input.dataset.text;
});
