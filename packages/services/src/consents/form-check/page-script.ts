import type { Look, Passage } from "@ringfence/core/consents/form-check";
import type { SeenControl, SeenPart } from "./control-script.ts";

// Reads the page. The browser is sent the text of these functions, so none may use an import other than
// types, and each is declared by name.

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
declare const readControl: (element: Element, order: number) => SeenControl;

function oneLine(text: string | null | undefined): string {
  return (text ?? "").replaceAll(/[\s\u00AD\u200B]+/g, " ").trim();
}

function shownText(element: Element | null | undefined): string {
  return oneLine(element instanceof HTMLElement ? element.innerText : element?.textContent);
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
 * Finds the form that asks for a number or for consent: the one with the most fields, or the whole body if the page
 * has none.
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
  hiddenBy,
  findBlock,
  readBlocks,
  fieldsIn,
  findForm,
  readPageParts,
]
  .map(String)
  .join("\n");
