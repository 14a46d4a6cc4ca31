// Puts the lines of a concordance in another order, group by group; the ranks were computed with the page.

for (const form of document.querySelectorAll("[data-sort]")) {
  const output = form.querySelector("output");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    const order = form.elements.order.value;
    for (const body of document.querySelectorAll(".kwic tbody")) {
      const lines = [...body.querySelectorAll("tr.line")];
      lines.sort((one, other) => one.dataset[order] - other.dataset[order]);
      body.append(...lines);
    }
    output.textContent = "";
    setTimeout(() => { output.textContent = output.dataset.told; }, 50);
  });
}
