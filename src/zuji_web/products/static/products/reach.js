/** An address with #id focuses that field, or the first one of the group or record that it names. */

const CONTROL = "input:not([type=hidden]):not(:disabled), textarea:not(:disabled), select:not(:disabled)";

/** `process-1.controlled` is the field of that name in the record `process-1`. */
function reach() {
  const [name, part] = decodeURIComponent(location.hash.slice(1)).split(".");
  if (!name) return;
  const place = document.getElementById(name) ?? document.querySelector(`[id^="${CSS.escape(name)}_"]`);
  const inside = part && place?.querySelector(`[name$="-${CSS.escape(part)}"], [name*="-${CSS.escape(part)}-"]:not([type=hidden])`);
  const control = inside || (place?.matches(CONTROL) ? place : place?.querySelector(CONTROL));
  control?.scrollIntoView({ block: "center", behavior: "instant" });
  control?.focus({ preventScroll: true });
}

addEventListener("hashchange", reach);
reach();
