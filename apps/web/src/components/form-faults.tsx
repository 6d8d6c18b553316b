"use client";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/**
 * Tracks whether a form was submitted. Before that no field is shown as wrong; afterwards the form shows
 * its current faults, so that each disappears once it is corrected. `send` moves the focus to the first
 * fault.
 */
export function useWasSent() {
  const [wasSent, setWasSent] = useState(false);
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    flushSync(() => setWasSent(true));
    focusFirstFault(event.currentTarget);
  };
  return { wasSent, send, startOver: () => setWasSent(false) };
}

/** Result of zod's `safeParse`: the fields as they will be saved, or their faults. */
export type ParsedFields<Data> = {
  data?: Data | undefined;
  error?: { issues: readonly { path: readonly unknown[] }[] } | undefined;
};

/**
 * Saves the fields of a form when it is submitted, if they are valid. Once it has been submitted, `faults` names the
 * fields that are not.
 */
export function useSubmit<Data>({ data, error }: ParsedFields<Data>, save: (data: Data) => void) {
  const { wasSent, send } = useWasSent();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    send(event);
    if (data !== undefined) save(data);
  };
  return { faults: faultyFields(wasSent, error), submit };
}

/** Names the fields with a fault by the last name in their path; empty before the form was submitted. */
export const faultyFields = (
  wasSent: boolean,
  error: ParsedFields<unknown>["error"],
): readonly unknown[] =>
  wasSent
    ? (error?.issues.map(({ path }) => path.findLast((part) => typeof part === "string")) ?? [])
    : [];

const FAULTY = "[aria-invalid=true], fieldset:has([role=alert]) input";

/**
 * Unfolds every part of a form that has a fault, and moves focus and view to the first field, or group of
 * boxes, with one.
 */
export function focusFirstFault(form: Element | null | undefined) {
  for (const fold of form?.querySelectorAll("details") ?? []) {
    if (fold.querySelector(FAULTY)) fold.open = true;
  }
  const first = form?.querySelector<HTMLElement>(FAULTY);
  first?.focus({ preventScroll: true });
  first?.scrollIntoView({ block: "center" });
}

const INVALID = "[aria-invalid=true]";

/**
 * Inside a form that came back with faults: moves the focus to the first field with a fault, and removes
 * each fault once its field is corrected. Without scripts the faults stay beside their fields. Give the
 * form another `key` each time it comes back, because React does not restore the faults that are removed
 * here.
 */
export function FaultFocus() {
  const marker = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = marker.current?.closest("form");
    if (!form) return;
    focusFirstFault(form);
    const mend = ({ target }: Event) => {
      if (target instanceof Element) clearFault(target.closest(INVALID));
    };
    form.addEventListener("input", mend);
    return () => form.removeEventListener("input", mend);
  }, []);
  return <span ref={marker} hidden />;
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
