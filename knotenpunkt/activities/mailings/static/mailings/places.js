// Buttons that put a place such as {anrede} into the text, where the caret was last.
(() => {
  for (const row of document.querySelectorAll("[data-places-for]")) {
    const text = document.getElementById(row.dataset.placesFor);
    const also = document.getElementById(row.dataset.placesAlso);
    let last = text;
    for (const field of [text, also]) field?.addEventListener("focus", () => { last = field; });
    for (const button of row.querySelectorAll("[data-insert]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const words = button.dataset.insert;
        const field = words.includes("\n") ? text : last;
        const line = field.value.slice(0, field.selectionStart).split("\n").pop();
        const put = words.startsWith("\n- ") && line === "" ? words.slice(1) : words;
        field.focus();
        field.setRangeText(put, field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
  }
})();
