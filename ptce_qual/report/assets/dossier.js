// What the page does beyond links: it opens what a link leads to, filters, prints whole, and changes its theme.
"use strict";

const root = document.documentElement;
const filters = new Map();

function reveal(name) {
  const target = name && document.getElementById(decodeURIComponent(name));
  if (!target) return;
  if (target.closest(".off")) {
    for (const [form, filter] of filters) {
      if (!form.parentElement.contains(target)) continue;
      form.reset();
      filter(form);
    }
  }
  for (let above = target; above; above = above.parentElement) {
    if (above.tagName === "DETAILS") above.open = true;
  }
  target.scrollIntoView();
  const focused = target.tagName === "DETAILS" ? target.querySelector("summary") : target;
  if (!focused.matches("a, button, summary, [tabindex]")) focused.tabIndex = -1;
  focused.focus({ preventScroll: true });
}

function told(output, count) {
  output.textContent = count === 1 ? output.dataset.toldOne : output.dataset.toldMany.replace("#", count);
}

function filterByCode(form) {
  const code = form.elements.code.value;
  const around = form.parentElement;
  let shown = 0;
  for (const note of around.querySelectorAll(".note")) {
    const off = code !== "" && note.dataset.code !== code;
    note.classList.toggle("off", off);
    shown += off ? 0 : 1;
  }
  for (const piece of around.querySelectorAll(".coded")) {
    piece.classList.toggle("plain", code !== "" && piece.dataset.code !== code);
  }
  for (const one of around.querySelectorAll("details.transcript")) {
    const has = code === "" || one.querySelector(".note:not(.off)");
    one.classList.toggle("off", !has);
    if (code !== "" && has) one.open = true;
  }
  told(form.querySelector("output"), shown);
}

function filterQuotes(form) {
  const chosen = { case: form.elements.case.value, polarity: form.elements.polarity.value };
  let shown = 0;
  for (const code of form.parentElement.querySelectorAll("details.code")) {
    let ofCode = 0;
    for (const section of code.querySelectorAll("section.case")) {
      let ofCase = 0;
      for (const quote of section.querySelectorAll(".verbatim")) {
        const off = (chosen.case !== "" && section.dataset.case !== chosen.case)
          || (chosen.polarity !== "" && quote.dataset.polarity !== chosen.polarity);
        quote.classList.toggle("off", off);
        ofCase += off ? 0 : 1;
      }
      section.classList.toggle("off", ofCase === 0);
      ofCode += ofCase;
    }
    code.classList.toggle("off", ofCode === 0);
    shown += ofCode;
  }
  told(form.querySelector("output"), shown);
}

function watch(form, filter) {
  form.hidden = false;
  filters.set(form, filter);
  form.addEventListener("change", () => filter(form));
  form.addEventListener("submit", (event) => event.preventDefault());
}

for (const form of document.querySelectorAll("[data-filter]")) watch(form, filterByCode);
for (const form of document.querySelectorAll("[data-quotes]")) watch(form, filterQuotes);

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link) setTimeout(() => reveal(link.hash.slice(1)), 0);
});
addEventListener("hashchange", () => reveal(location.hash.slice(1)));
addEventListener("load", () => reveal(location.hash.slice(1)));

// Reasons show while the keyboard is on a label of the margin; what was opened by Enter or a click stays open.
document.addEventListener("focusin", (event) => {
  const note = event.target.parentElement;
  if (event.target.matches(".note > summary:focus-visible") && !note.open) {
    note.open = true;
    note.dataset.peek = "";
  }
});
document.addEventListener("focusout", (event) => {
  const note = event.target.closest(".note[data-peek]");
  if (note && !note.contains(event.relatedTarget)) {
    note.open = false;
    delete note.dataset.peek;
  }
});
document.addEventListener("click", (event) => {
  const note = event.target.closest(".note[data-peek] > summary")?.parentElement;
  if (note) {
    event.preventDefault();
    delete note.dataset.peek;
  }
});

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")].filter((one) => !one.closest(".transcript, .rules"));
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of closed) one.open = false;
});
