import { SaxesParser } from "saxes";

/** An element by its name without prefix; its text without that of elements in it. */
export type Element = {
  name: string;
  text: string;
  elements: Element[];
  attributes: ReadonlyMap<string, string>;
};

/** Not XML, or not all of it. */
export class XmlFault extends Error {
  override readonly name = "XmlFault";
  readonly isCutOff: boolean;

  constructor(message: string, { isCutOff }: { isCutOff: boolean }) {
    super(message);
    this.isCutOff = isCutOff;
  }
}

const ELEMENTS_MAX = 100_000;

/** Reads a document that has a root: no entities of its own, for whoever declares some is no service. */
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
  // What is only wrong now is that it ended.
  wrong = refuse(true);
  parser.close();
  const [first] = root.elements;
  if (first === undefined) throw new XmlFault("nothing", { isCutOff: true });
  return first;
}

/** The element that is found by going down these names; undefined where there is none. */
export const elementAt = (element: Element, ...names: readonly string[]): Element | undefined =>
  names.reduce<Element | undefined>(
    (at, name) => at?.elements.find((inner) => inner.name === name),
    element,
  );

/** The text of that element, without the spaces around it. */
export const textAt = (element: Element, ...names: readonly string[]): string | undefined =>
  elementAt(element, ...names)?.text.trim();

const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text as it stands in an element. What XML has no place for is refused by the other side. */
export const escapeXml = (text: string) => text.replace(/[&<>"]/g, (sign) => named[sign] ?? "");
