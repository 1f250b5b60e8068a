// Everything works without this file: it only saves steps.
"use strict";
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // Wide: the request stays open. Narrow, with an answer: it folds.
  const request = one("#request");
  const wide = window.matchMedia("(min-width: 62rem)");
  const fit = () => { if (request) request.open = wide.matches || !("answered" in request.dataset); };
  fit();
  wide.addEventListener("change", fit);

  // The week: a preset fills it at once, in the way the server does it.
  const hours = one("#hours");
  const tiles = all(".tile");
  const showHours = () => {
    const counts = hours.value.trim() !== "";
    one("[data-hours-count]").hidden = !counts;
    one(".week").hidden = counts;
    if (counts) hours.closest("details").open = true;
  };
  hours.addEventListener("input", showHours);
  for (const button of all("[name=preset]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const lines = hours.value.split("\n").map((line) => line.trim()).filter(Boolean);
      if (button.value === "clear") {
        hours.value = "";
        for (const tile of tiles) tile.checked = false;
      } else if (button.value !== "school" && !lines.length) {
        const boxes = button.dataset.boxes.split(" ");
        for (const tile of tiles) tile.checked ||= boxes.includes(tile.value);
      } else {
        if (!lines.length) lines.push(...tiles.filter((tile) => tile.checked).map((tile) => tile.dataset.hours));
        hours.value = [...new Set([...lines, ...button.dataset.hours.split("|")])].join("\n");
        for (const tile of tiles) tile.checked = false;
      }
      showHours();
    });
  }

  // Interests: what is chosen stands on top, and a search shows only what matches.
  const interests = one("#interests");
  const boxes = all("input[name=interests]", interests);
  const chosen = one(".chosen", interests);
  const showChosen = () => {
    const names = boxes.filter((box) => box.checked).map((box) => box.parentElement.textContent.trim());
    chosen.textContent = chosen.dataset.chosen + names.join(", ");
    chosen.hidden = !names.length;
  };
  interests.addEventListener("change", showChosen);
  showChosen();

  const find = one("[data-find]", interests);
  const field = one("input", find);
  const found = one("[data-found]", find);
  const labels = boxes.map((box) => box.parentElement);
  const branches = all("details", interests);
  const texts = new Map(labels.map((label) => [label, fold(label.textContent + " " + (label.dataset.words || ""))]));
  let openBefore = null;
  const search = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    if (words.length && !openBefore) openBefore = branches.map((branch) => branch.open);
    let n = 0;
    for (const label of labels) {
      const hit = words.every((word) => texts.get(label).includes(word));
      label.hidden = !hit;
      n += hit;
    }
    branches.forEach((branch, index) => {
      const hits = labels.some((label) => branch.contains(label) && !label.hidden);
      branch.hidden = !hits;
      branch.open = words.length ? hits : openBefore ? openBefore[index] || branch.matches(":has(:checked)") : branch.open;
    });
    for (const single of all(".alone", interests)) single.hidden = one("label", single).hidden;
    if (!words.length) openBefore = null;
    found.textContent = words.length ? found.dataset.found.replace("{n}", n) : "";
  };
  find.hidden = false;
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { field.value = ""; search(); }
    if (event.key === "Enter") {
      event.preventDefault();
      const shown = labels.filter((label) => !label.hidden);
      if (field.value.trim() && shown.length === 1) { one("input", shown[0]).click(); }
    }
  });

  // Enter in the search for an activity presses its own button.
  one("#zoek")?.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); one("#zoek-knop").click(); }
  });
})();
