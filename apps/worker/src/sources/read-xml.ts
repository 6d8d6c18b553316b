import { SaxesParser } from "saxes";

/** An element: its name without prefix, and its text without that of nested elements. */
export type Element = {
  name: string;
  text: string;
  elements: Element[];
  attributes: ReadonlyMap<string, string>;
};

/** The text is not XML, or is cut off. */
export class XmlFault extends Error {
  override readonly name = "XmlFault";
  readonly isCutOff: boolean;

  constructor(message: string, { isCutOff }: { isCutOff: boolean }) {
    super(message);
    this.isCutOff = isCutOff;
  }
}

const ELEMENTS_MAX = 100_000;

/**
 * Parses a document with a root element. Entity declarations are refused, because no real service
 * sends them.
 */
export function readXml(text: string): Element {
  const root: Element = { name: "", text: "", elements: [], attributes: new Map() };
  const open = [root];
  const at = () => open.at(-1) ?? root;
  let count = 0;
  const refuse = (isCutOff: boolean) => (error: Error | string) => {
    throw new XmlFault(String(error), { isCutOff });
  };
  let wrong = refuse(false);

  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => wrong(error));
  parser.on("doctype", () => wrong("a document type"));
  parser.on("opentag", ({ local, attributes: all }) => {
    if (++count > ELEMENTS_MAX) wrong("too many elements");
    const attributes = new Map(Object.values(all).map(({ local, value }) => [local, value]));
    const element = { name: local, text: "", elements: [], attributes };
    at().elements.push(element);
    open.push(element);
  });
  parser.on("text", (more) => (at().text += more));
  parser.on("cdata", (more) => (at().text += more));
  parser.on("closetag", () => void open.pop());
  parser.write(text);
  // From here on, the only possible fault is that the text ended early.
  wrong = refuse(true);
  parser.close();
  const [first] = root.elements;
  if (first === undefined) throw new XmlFault("nothing", { isCutOff: true });
  return first;
}

/** Follows these names down from an element; undefined if one is missing. */
export const elementAt = (element: Element, ...names: readonly string[]): Element | undefined =>
  names.reduce<Element | undefined>(
    (at, name) => at?.elements.find((inner) => inner.name === name),
    element,
  );

/** The text of the element to which the names lead, trimmed; undefined if one is missing. */
export const textAt = (element: Element, ...names: readonly string[]): string | undefined =>
  elementAt(element, ...names)?.text.trim();

const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Escapes text for an element. The other side rejects characters that XML cannot represent. */
export const escapeXml = (text: string) => text.replace(/[&<>"]/g, (sign) => named[sign] ?? "");
