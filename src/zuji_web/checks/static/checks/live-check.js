// <zuji-live-check said="…">: an answer that is asked for again when somebody comes back to the page after
// mending something elsewhere, so that what stands here is the state of now.

class ZujiLiveCheck extends HTMLElement {
  connectedCallback() {
    this.voice = document.createElement("p");
    this.voice.className = "visually-hidden";
    this.voice.setAttribute("role", "status");
    this.after(this.voice);
    document.addEventListener("visibilitychange", () => document.hidden || this.renew());
    addEventListener("pageshow", (event) => event.persisted && this.renew());
  }

  async renew() {
    if (!this.isConnected || this.asking) return;
    this.asking = true;
    try {
      const answer = await fetch(location.href, { headers: { "X-Zuji-Part": "check" } });
      const words = answer.ok ? await answer.text() : "";
      if (words && words !== this.last) {
        const focus = document.activeElement?.getAttribute?.("href");
        this.innerHTML = words;
        this.last = words;
        if (focus) this.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
        this.voice.textContent = this.getAttribute("said");
      }
    } catch {
      // Away from the server the last answer stays; the next return asks again.
    }
    this.asking = false;
  }
}

customElements.define("zuji-live-check", ZujiLiveCheck);
