import type { Control, ControlKind, Look } from "@ringfence/core/consents/form-check";

// Finds the kind and the label of a control. Runs in the page; its text is sent there as `page-script.ts`
// is.

export type SeenPart = { selector: string; order: number; look: Look };
export type SeenControl = SeenPart &
  Omit<Control, "looks" | "labelLooks" | "isTickedOnLoad"> & {
    labelLook: Look | null;
    isTicked: boolean;
  };

declare const measureLook: (element: Element, label?: Element | null) => Look;
declare const buildSelector: (element: Element) => string;
declare const oneLine: (text: string | null | undefined) => string;
declare const shownText: (element: Element | null | undefined) => string;

/** Reads the texts of the elements with these ids. */
function readByIds(ids: string | null): string {
  const parts = (ids ?? "").split(/\s+/).map((id) => document.getElementById(id));
  return oneLine(parts.map((part) => shownText(part)).join(" "));
}

function toField(element: Element) {
  return element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLButtonElement
    ? element
    : null;
}

/** Finds the label that a person sees, and can press. */
function findLabelElement(element: Element): Element | null {
  const own = toField(element)?.labels?.[0];
  const named = element.getAttribute("aria-labelledby")?.split(/\s+/)[0];
  return own ?? (named === undefined ? null : document.getElementById(named));
}

function readLabel(element: Element): string {
  const isButton = element.matches("button, [role=button], [role=checkbox], [role=switch]");
  const isPressed = element.matches("input[type=submit], input[type=button]");
  return (
    readByIds(element.getAttribute("aria-labelledby")) ||
    oneLine(element.getAttribute("aria-label")) ||
    shownText(findLabelElement(element)) ||
    (isButton ? shownText(element) : isPressed ? oneLine(toField(element)?.value) : "")
  );
}

function toControlKind(element: Element): ControlKind {
  const role = element.getAttribute("role");
  if (role === "checkbox" || role === "switch") return "checkbox";
  if (role === "radio") return "radio";
  if (element.matches("button, [role=button]")) return "button";
  if (element.matches("select")) return "select";
  if (element.matches("canvas")) return "canvas";
  if (element.matches("textarea")) return "text";
  const type = toField(element)?.type ?? "";
  if (["submit", "button", "image", "reset"].includes(type)) return "button";
  const known = ["checkbox", "radio", "text", "tel", "email", "password", "date"] as const;
  return known.find((kind) => kind === type) ?? "other";
}

/** Reads the words beside a box that has no label, because they say what the box is for. */
function readWordsBeside(element: Element): string {
  const { parentElement: parent } = element;
  const isAlone = parent?.querySelectorAll("input, button, select, textarea").length === 1;
  return isAlone ? shownText(parent) : oneLine(element.nextSibling?.textContent);
}

function readControl(element: Element, order: number): SeenControl {
  const field = toField(element);
  const isInput = field instanceof HTMLInputElement;
  const label = readLabel(element);
  const labelElement = findLabelElement(element);
  const labelLook = labelElement === null ? null : measureLook(labelElement);
  const kind = toControlKind(element);
  const isBox = kind === "checkbox" || kind === "radio";
  const attributes = ["name", "id", "autocomplete", "placeholder"];
  const described = readByIds(element.getAttribute("aria-describedby"));
  return {
    selector: buildSelector(element),
    order,
    kind,
    names: attributes.map((name) => element.getAttribute(name) ?? "").join(" "),
    label,
    description: described || (isBox && label === "" ? readWordsBeside(element) : ""),
    look: measureLook(element, labelElement),
    labelLook: labelLook?.box === null ? null : labelLook,
    value: isBox || kind === "button" ? "" : (field?.value ?? ""),
    isHidden: field?.type === "hidden",
    isReadOnly: field?.disabled === true || element.hasAttribute("readonly"),
    isRequired:
      element.hasAttribute("required") || element.getAttribute("aria-required") === "true",
    isSubmit: kind === "button" && field?.type === "submit" && field.form !== null,
    isTickedAtFirst: element.hasAttribute("checked"),
    isTicked: (isInput && field.checked) || element.getAttribute("aria-checked") === "true",
  };
}

/** All functions above as one text, to run in the page. */
export const controlScript = [
  readByIds,
  toField,
  findLabelElement,
  readLabel,
  toControlKind,
  readWordsBeside,
  readControl,
]
  .map(String)
  .join("\n");
