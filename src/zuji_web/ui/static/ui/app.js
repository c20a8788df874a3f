// What every page does beside its own elements: say when a request failed, put focus where it belongs, and
// make tables and tabs fit a phone.
(() => {
  const say = (text) => {
    const stack = document.getElementById("messages");
    if (!stack || !text) return;
    const toast = document.createElement("div");
    toast.className = "toast show";
    const body = document.createElement("div");
    body.className = "toast-body d-flex gap-2";
    const words = document.createElement("div");
    words.className = "flex-fill";
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn-close";
    close.dataset.bsDismiss = "toast";
    close.setAttribute("aria-label", document.body.dataset.close);
    body.append(words, close);
    toast.append(body);
    stack.append(toast);
  };

  // A page's own script may say something too: new CustomEvent("zuji:say", {detail: "…", bubbles: true}).
  document.addEventListener("zuji:say", (event) => say(event.detail));
  document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));
  document.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    let words = document.body.dataset.refused;
    if ((answer.getResponseHeader("Content-Type") || "").includes("json")) {
      try {
        words = JSON.parse(answer.responseText).detail || words;
      } catch {
        // The answer was cut off; the general words stand.
      }
    }
    say(words);
  });

  // A table that stands row by row on a phone carries its headings on the cells.
  const label = (table) => {
    const headings = [...table.tHead.rows].at(-1).cells;
    for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
      let place = 0;
      for (const cell of row.cells) {
        const words = cell.colSpan === 1 ? headings[place]?.innerText.trim() : "";
        if (words && cell.tagName === "TD" && !cell.classList.contains("stack-line")) cell.dataset.label = words;
        if (["", "—"].includes(cell.innerText.trim()) && !cell.children.length) cell.dataset.none = "";
        place += cell.colSpan;
      }
    }
    table.classList.add("is-labelled");
  };
  const labelAll = (root) => root.querySelectorAll("table.table-stack:not(.is-labelled)").forEach(label);
  labelAll(document);
  document.addEventListener("htmx:load", (event) => labelAll(event.detail.elt));

  // The tab one is on stays in sight where the row of tabs is longer than the screen.
  for (const tab of document.querySelectorAll(".nav-tabs .nav-link.active")) {
    const row = tab.closest(".nav-tabs");
    row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - tab.offsetWidth) / 2;
  }

  // A form that came back with errors: start at the first field that has one.
  const first = document.querySelector(".is-invalid");
  if (first) first.focus();
})();
