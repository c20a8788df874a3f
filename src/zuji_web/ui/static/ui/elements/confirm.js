// <zuji-confirm question="…" yes="…" no="…"><form …><button>…</button></form></zuji-confirm>
// Asks in a dialogue before the form inside is sent. Without scripts the form is sent as it is.

class ZujiConfirm extends HTMLElement {
  #sure = false;

  connectedCallback() {
    this.addEventListener("submit", this, true);
  }

  handleEvent(event) {
    if (this.#sure) {
      this.#sure = false;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    this.ask(event.target, event.submitter);
  }

  ask(form, submitter) {
    const dialog = document.createElement("dialog");
    dialog.className = "confirm-dialog";
    const question = document.createElement("p");
    question.id = "confirm-question";
    question.textContent = this.getAttribute("question");
    dialog.setAttribute("aria-labelledby", question.id);
    const buttons = document.createElement("form");
    buttons.method = "dialog";
    buttons.className = "page-actions";
    for (const [value, look] of [["no", "btn"], ["yes", this.getAttribute("look") ?? "btn btn-danger"]]) {
      const button = document.createElement("button");
      button.value = value;
      button.className = look;
      button.textContent = this.getAttribute(value);
      buttons.append(button);
    }
    dialog.append(question, buttons);
    // Outside this element, so that the dialogue's own form is not asked about.
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue !== "yes") return;
      this.#sure = true;
      form.requestSubmit(submitter ?? undefined);
    });
    dialog.showModal();
  }
}

customElements.define("zuji-confirm", ZujiConfirm);
