"use client";

import { useEffect, useRef } from "react";
import { focusFirstFault } from "./focus-first-fault";

const INVALID = "[aria-invalid=true]";

/**
 * Inside a form that came back with faults: moves the focus to the first field with a fault, and removes
 * each fault once its field is corrected. Without scripts the faults stay beside their fields. Give the
 * form another `key` each time it comes back, because React does not restore the faults that are removed
 * here.
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

/** A group counts as corrected when one of its boxes is ticked, a field when it is valid again. */
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
