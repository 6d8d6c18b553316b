import { bind } from "./bind.ts";

/**
 * Entry of the script for a company's own page: connects every `<form data-ringfence="<address>">` to its capture form.
 * The API is at the origin of this script, so that a page names it once.
 */
const own = document.currentScript;
if (own instanceof HTMLScriptElement) {
  const apiOrigin = new URL(own.src).origin;
  const begin = () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-ringfence]")) {
      void bind(form, apiOrigin);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
}
