"use client";

import { useEffect, useRef } from "react";
import { focusFirstFault } from "./focus-first-fault";

const INVALID = "[aria-invalid=true]";

/**
 * Inside a form that came back with faults: moves focus and view to the first field that has one, and takes
 * each fault away once its field is mended. Without scripts the faults stay beside their fields.
 *
 * The form has to be made anew each time it comes back (by a `key`), for what is taken away here React
 * does not put back.
 */
export function FaultFocus() {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form) return;
    focusFirstFault(form);
    const mend = ({ target }: Event) => {
      if (target instanceof Element) clearFault(target.closest(INVALID));
    };
    form.addEventListener("input", mend);
    return () => form.removeEventListener("input", mend);
  }, []);
  return <span ref={place} hidden />;
}

/** A group is mended when one of its boxes is ticked, a field when it is valid again. */
function clearFault(field: Element | null) {
  if (field === null) return;
  const isMended =
    field instanceof HTMLInputElement
      ? field.checkValidity()
      : field.querySelector("input:checked") !== null;
  if (!isMended) return;
  for (const id of (field.getAttribute("aria-describedby") ?? "").split(" ")) {
    const fault = id === "" ? null : document.getElementById(id);
    if (fault?.getAttribute("role") === "alert") fault.hidden = true;
  }
  field.removeAttribute("aria-invalid");
}
