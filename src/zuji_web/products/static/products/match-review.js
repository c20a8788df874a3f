/** <zuji-match-review>: one tick for all lines on the page that have a candidate chosen; choosing one ticks its line. */

class ZujiMatchReview extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", ({ target }) => {
      if (target.matches("[data-all]")) {
        for (const tick of this.querySelectorAll("input[name=line]")) {
          tick.checked = target.checked && Boolean(tick.closest("tr").querySelector("input[type=radio]:checked"));
        }
      } else if (target.type === "radio") target.closest("tr").querySelector("input[name=line]").checked = true;
    });
  }
}

customElements.define("zuji-match-review", ZujiMatchReview);
