import type { Control, ControlKind, Look, Passage } from "@ringfence/core/consents/form-check";

// Reads the page and its controls. The browser is sent the text of these functions, so none may use an import
// other than types, and each is declared by name and listed at the end of the file.

export type SeenPart = { selector: string; order: number; look: Look };
export type SeenControl = SeenPart &
  Omit<Control, "looks" | "labelLooks" | "isTickedOnLoad"> & {
    labelLook: Look | null;
    isTicked: boolean;
  };

export type SeenPassage = SeenPart & Pick<Passage, "text" | "hiddenBy">;
export type SeenLink = SeenPart & { text: string; href: string };
export type SeenPage = {
  language: string | null;
  title: string;
  text: string;
  bodyFontPx: number;
  controls: SeenControl[];
  passages: SeenPassage[];
  links: SeenLink[];
};

declare const measureLook: (element: Element, label?: Element | null) => Look;
declare const buildSelector: (element: Element) => string;

function oneLine(text: string | null | undefined): string {
  return (text ?? "").replaceAll(/[\s\u00AD\u200B]+/g, " ").trim();
}

function shownText(element: Element | null | undefined): string {
  return oneLine(element instanceof HTMLElement ? element.innerText : element?.textContent);
}

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

/** Says what hides an element until it is opened; null if it is visible. */
function hiddenBy(element: Element): Passage["hiddenBy"] {
  const closed = element.closest("details:not([open])");
  if (closed !== null && element.closest("summary") === null) return "accordion";
  if (element.checkVisibility({ visibilityProperty: true })) return null;
  const panel = element.closest("[id]");
  const opener = panel && document.querySelector(`[aria-controls="${CSS.escape(panel.id)}"]`);
  return opener?.getAttribute("aria-expanded") === "false" ? "accordion" : "style";
}

function findBlock(node: Node): Element {
  let element = node.parentElement ?? document.body;
  while (element !== document.body && getComputedStyle(element).display.startsWith("inline")) {
    element = element.parentElement ?? document.body;
  }
  return element;
}

/** Reads the texts of the page, by block. */
function readBlocks(): Map<Element, string> {
  const texts = new Map<Element, string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const { parentElement: parent, nodeValue: text } = node;
    if (oneLine(text) === "") continue;
    if (parent?.closest("script, style, noscript, template, button, option, textarea")) continue;
    const block = findBlock(node);
    texts.set(block, `${texts.get(block) ?? ""}${text}`);
  }
  return texts;
}

function fieldsIn(form: Element): number {
  return form.querySelectorAll("input, select, textarea").length;
}

/**
 * Finds the form to check: the one with the most fields, because a page may also have one for search. The whole body if
 * the page has none.
 */
function findForm(): Element {
  const [form] = [...document.forms].toSorted((a, b) => fieldsIn(b) - fieldsIn(a));
  return form ?? document.body;
}

export function readPageParts(): SeenPage {
  const controls =
    "input, button, select, textarea, canvas, [role=checkbox], [role=switch], [role=radio], [role=button]";
  const orders = new Map([...document.querySelectorAll("*")].map((element, i) => [element, i]));
  const getOrder = (element: Element) => orders.get(element) ?? 0;
  const part = (element: Element) => ({
    selector: buildSelector(element),
    order: getOrder(element),
    look: measureLook(element),
  });
  const form = findForm();
  const tooltips = [...document.querySelectorAll("[title]")];
  return {
    language: document.documentElement.getAttribute("lang") || null,
    title: document.title,
    text: shownText(document.body),
    bodyFontPx: Number.parseFloat(getComputedStyle(form).fontSize),
    controls: [...form.querySelectorAll(controls)].map((element) =>
      readControl(element, getOrder(element)),
    ),
    passages: [
      ...[...readBlocks()].map(([element, text]) => ({
        ...part(element),
        text: oneLine(text),
        hiddenBy: hiddenBy(element),
      })),
      ...tooltips.map((element) => ({
        ...part(element),
        text: oneLine(element.getAttribute("title")),
        hiddenBy: "tooltip" as const,
      })),
    ],
    links: [...document.querySelectorAll<HTMLAnchorElement>("a[href]")].map((link) => ({
      ...part(link),
      text: shownText(link),
      href: link.href,
    })),
  };
}

/** All functions that read the page, as one text to run in it. */
export const pageScript = [
  oneLine,
  shownText,
  readByIds,
  toField,
  findLabelElement,
  readLabel,
  toControlKind,
  readWordsBeside,
  readControl,
  hiddenBy,
  findBlock,
  readBlocks,
  fieldsIn,
  findForm,
  readPageParts,
]
  .map(String)
  .join("\n");
