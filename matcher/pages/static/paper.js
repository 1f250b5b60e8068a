"use strict";
// Buttons that only a script can give: without one they stay away, and the page says what to do instead.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
if (document.querySelector("[data-print]")) {
  for (const hint of document.querySelectorAll("[data-no-print]")) hint.hidden = true;
}
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      document.getElementById(`${button.dataset.copy}-gedaan`).textContent = button.dataset.done;
    });
  }
}
