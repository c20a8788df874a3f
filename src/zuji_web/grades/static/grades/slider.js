// <zuji-slider><input type="number" data-low="…" data-high="…"></zuji-slider>
// Adds a slider between the two ends that follows the number, and the number follows it.
// Without scripts the number field is there alone.

const STEPS = 200;

class ZujiSlider extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector('input[type="number"]');
    if (!field || this.querySelector('input[type="range"]')) return;
    const low = Number(field.dataset.low);
    const high = Number(field.dataset.high);
    if (!(high > low)) return;
    const step = 10 ** Math.floor(Math.log10((high - low) / STEPS));
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = Math.floor(low / step) * step;
    slider.max = Math.ceil(high / step) * step;
    slider.step = step;
    slider.value = field.value;
    slider.setAttribute("aria-label", field.labels[0]?.textContent.trim() ?? "");
    slider.addEventListener("input", () => {
      field.value = String(Number(Number(slider.value).toPrecision(5)));
    });
    field.addEventListener("input", () => {
      slider.value = field.value;
    });
    this.append(slider);
  }
}

customElements.define("zuji-slider", ZujiSlider);
