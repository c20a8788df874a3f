// What every page does beside its own elements: say when a request failed, and put focus where it belongs.
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

  // A form that came back with errors: start at the first field that has one.
  const first = document.querySelector(".is-invalid");
  if (first) first.focus();
})();
