// <zuji-live-check said="… {before} … {now} …">: an answer that is asked for again when somebody comes back to
// the page after mending something elsewhere, so that what stands here is the state of now, and that says how
// many shortcomings there were when they left.

class ZujiLiveCheck extends HTMLElement {
  connectedCallback() {
    this.voice = document.createElement("p");
    this.voice.className = "zk-said";
    this.voice.setAttribute("role", "status");
    this.before(this.voice);
    document.addEventListener("visibilitychange", () => document.hidden || this.renew());
    addEventListener("focus", () => this.renew());
    addEventListener("pageshow", (event) => event.persisted && this.renew());
    // A page that the browser took from its store may be older than what was mended since.
    const [arrival] = performance.getEntriesByType("navigation");
    if (arrival?.type === "back_forward") this.renew();
    else this.tell();
  }

  async renew() {
    if (!this.isConnected || this.asking) return;
    this.asking = true;
    try {
      const answer = await fetch(location.href, { headers: { "X-Zuji-Part": "check" } });
      const words = answer.ok ? await answer.text() : "";
      if (words && words !== this.last) {
        const focus = document.activeElement?.closest?.("zuji-live-check") && document.activeElement.getAttribute("href");
        this.innerHTML = words;
        this.last = words;
        if (focus) this.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
      }
      this.tell();
    } catch {
      // Away from the server the last answer stays; the next return asks again.
    }
    this.asking = false;
  }

  /** Says what changed since this person last looked at the same study under the same rule. */
  tell() {
    const part = this.querySelector("[data-shortcomings]");
    if (!part) return;
    const { shortcomings: now, rule } = part.dataset;
    const key = `zuji-check ${location.pathname.replace(/^\/en\//, "/")} ${rule}`;
    try {
      const before = sessionStorage.getItem(key);
      sessionStorage.setItem(key, now);
      if (before === null || before === now) return;
      this.voice.textContent = this.getAttribute("said").replace("{before}", before).replace("{now}", now);
      this.voice.classList.toggle("is-good", Number(now) < Number(before));
    } catch {
      // Without a store nothing is compared.
    }
  }
}

customElements.define("zuji-live-check", ZujiLiveCheck);
