// Everything works without this file: it only saves steps.
"use strict";
(() => {
  // How many proposals are chosen, said where one goes on with them.
  const count = document.querySelector("[data-chosen-count]");
  const boxes = [...document.querySelectorAll("[data-choose]")];
  const tell = () => {
    const ids = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    count.textContent = ids.size ? count.dataset.chosenCount.replace("{n}", ids.size) : "";
  };
  if (count) {
    for (const box of boxes) box.addEventListener("change", tell);
    tell();
  }

  // A button that copies a text, where the browser can.
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const status = document.querySelector("[data-copied]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy");
      }
      status.classList.remove("hidden");
      status.textContent = status.dataset.copied;
    });
  }
})();
