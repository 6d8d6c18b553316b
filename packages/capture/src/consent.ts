import { bind } from "./bind.ts";

/**
 * Binds every form of the page that names one of ours: `<form data-ringfence="<address>">`. The door
 * is where this script came from, so that a page says its address once.
 */
const own = document.currentScript;
if (own instanceof HTMLScriptElement) {
  const door = new URL(own.src).origin;
  const begin = () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-ringfence]")) {
      void bind(form, door);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
}
