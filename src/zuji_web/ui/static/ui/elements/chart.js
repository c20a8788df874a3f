// <zuji-chart label="…" height="320"><script type="application/json">option</script><table>…</table></zuji-chart>
// Draws an ECharts option as SVG. What else is inside (a table, or a sentence) stays readable for
// those who cannot see the drawing, and is shown when the drawing cannot be made.
// A string such as "token:stage-use" anywhere in the option is the value of --zj-stage-use.

let library;

function echarts() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.querySelector('meta[name="zuji-echarts"]').content;
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

const style = () => getComputedStyle(document.documentElement);
const token = (name) => style().getPropertyValue(`--zj-${name}`).trim();

function withTokens(value) {
  if (typeof value === "string") return value.startsWith("token:") ? token(value.slice(6)) : value;
  if (Array.isArray(value)) return value.map(withTokens);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withTokens(part)]));
  }
  return value;
}

function shown(value) {
  if (typeof value !== "number" || !Number.isFinite(value)) return value ?? "—";
  return new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 5 }).format(value);
}

function theme() {
  const axis = {
    axisLine: { lineStyle: { color: token("line-strong") } },
    axisTick: { show: false },
    axisLabel: { color: token("muted"), fontSize: 12 },
    splitLine: { lineStyle: { color: token("line") } },
    nameTextStyle: { color: token("muted"), align: "left" },
  };
  const names = ["raw_material", "manufacturing", "distribution", "use", "end_of_life"];
  return {
    color: [...names.map((name) => token(`stage-${name}`)), token("total-fossil"), token("total-land_use_change")],
    textStyle: { fontFamily: token("fonts"), color: token("ink") },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    logAxis: axis,
    legend: { textStyle: { color: token("ink") }, itemWidth: 14, itemHeight: 10 },
  };
}

// HTML tooltips carry style attributes, which the content security policy forbids; rich text is drawn.
function completed(option) {
  const base = { animation: false, grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true } };
  const tooltip = {
    renderMode: "richText",
    confine: true,
    borderColor: token("line-strong"),
    textStyle: { color: token("ink"), fontSize: 13 },
    valueFormatter: shown,
  };
  return { ...base, ...option, tooltip: { ...tooltip, ...(option.tooltip ?? {}) }, aria: { enabled: false } };
}

class ZujiChart extends HTMLElement {
  #chart;
  #observer;

  async connectedCallback() {
    const source = this.querySelector(':scope > script[type="application/json"]');
    if (!source || this.#chart) return;
    const library = await echarts().catch(() => null);
    if (!library || !this.isConnected || this.#chart) return;
    const words = document.createElement("div");
    words.className = "chart-text";
    words.append(...[...this.children].filter((child) => child !== source));
    const canvas = document.createElement("div");
    canvas.style.height = `${this.getAttribute("height") ?? 320}px`;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", this.getAttribute("label") ?? "");
    this.prepend(canvas);
    this.append(words);
    this.#chart = library.init(canvas, theme(), { renderer: "svg" });
    this.show(JSON.parse(source.textContent));
    this.setAttribute("drawn", "");
    this.#observer = new ResizeObserver(() => this.#chart?.resize());
    this.#observer.observe(canvas);
  }

  // Draws another option in place, for instance one that a page fetched.
  show(option) {
    this.#chart?.setOption(withTokens(completed(option)), { notMerge: true });
    this.#chart?.off("click");
    this.#chart?.on("click", (event) => {
      const address = event.data?.url;
      if (address) window.location.assign(address);
      this.dispatchEvent(new CustomEvent("zuji:chart-click", { bubbles: true, detail: { name: event.name, data: event.data } }));
    });
  }

  disconnectedCallback() {
    this.append(...(this.querySelector(":scope > .chart-text")?.children ?? []));
    this.querySelector(":scope > .chart-text")?.remove();
    this.#observer?.disconnect();
    this.#chart?.getDom().remove();
    this.#chart?.dispose();
    this.#chart = undefined;
    this.removeAttribute("drawn");
  }
}

customElements.define("zuji-chart", ZujiChart);
