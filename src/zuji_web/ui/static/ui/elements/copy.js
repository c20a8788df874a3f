// <zuji-copy text="…" said="Copied">Copy</zuji-copy>: a button that copies the text and says so.

class ZujiCopy extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button") || !navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    const label = this.textContent.trim();
    button.textContent = label;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.getAttribute("text"));
      button.textContent = this.getAttribute("said");
      setTimeout(() => (button.textContent = label), 2000);
    });
    this.replaceChildren(button);
  }
}

customElements.define("zuji-copy", ZujiCopy);
