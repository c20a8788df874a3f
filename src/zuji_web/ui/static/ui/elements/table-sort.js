// <zuji-table-sort><table>…</table></zuji-table-sort>: columns whose <th> has aria-sort="none" are sorted by a
// button. A cell's data-value stands for its text; absent values come last either way.

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

function valueOf(row, column) {
  const cell = row.cells[column];
  const text = cell?.dataset.value ?? cell?.textContent.trim() ?? "";
  const number = Number(text);
  return text === "" || text === "—" ? null : Number.isNaN(number) ? text : number;
}

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return collator.compare(String(one), String(other));
}

class ZujiTableSort extends HTMLElement {
  connectedCallback() {
    for (const head of this.querySelectorAll("thead th[aria-sort]")) {
      if (head.querySelector("button")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => this.sort(head));
    }
  }

  sort(head) {
    const descending = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentElement.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const column = head.cellIndex;
    for (const body of this.querySelectorAll("tbody")) {
      const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, column) }));
      rows.sort((one, other) => {
        if (one.value === null || other.value === null) return (one.value === null) - (other.value === null);
        return descending ? compare(other.value, one.value) : compare(one.value, other.value);
      });
      body.append(...rows.map(({ row }) => row));
    }
  }
}

customElements.define("zuji-table-sort", ZujiTableSort);
