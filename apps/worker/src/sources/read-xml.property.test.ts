import fc from "fast-check";
import { expect, it } from "vitest";
import { XmlFault, elementAt, escapeXml, readXml, textAt } from "./read-xml.ts";

// XML 1.0 cannot represent some characters at all, and reads a carriage return as a line feed.
const aText = fc
  .string({ unit: "grapheme", maxLength: 30 })
  // oxlint-disable-next-line no-control-regex
  .filter((text) => !/[\u0000-\u0008\u000B\u000C\r\u000E-\u001F\uFFFE\uFFFF]/.test(text));
const aName = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/);

it("returns any text that was written, under any prefix", () => {
  fc.assert(
    fc.property(aName, aText, fc.constantFrom("", "x:"), (name, text, prefix) => {
      const inner = `<${prefix}${name}>${escapeXml(text)}</${prefix}${name}>`;
      const read = readXml(`<r xmlns:x="urn:x">${inner}</r>`);
      expect(elementAt(read, name)?.text).toBe(text);
      expect(textAt(read, name)).toBe(text.trim());
    }),
  );
});

it("never accepts half a document as a whole one", () => {
  const aDocument = fc
    .array(fc.tuple(aName, aText), { minLength: 1, maxLength: 5 })
    .map((all) => all.map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`).join(""))
    .map((inner) => `<r>${inner}</r>`);
  const cut = aDocument.chain((text) =>
    fc.nat({ max: text.length - 1 }).map((length) => text.slice(0, length)),
  );
  fc.assert(
    fc.property(cut, (text) => {
      expect(() => readXml(text)).toThrow(XmlFault);
    }),
  );
});

it("refuses documents that declare entities, and garbage, and never crashes", () => {
  expect(() => readXml(`<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>`)).toThrow(XmlFault);
  expect(() => readXml("<r>&a;</r>")).toThrow(XmlFault);
  expect(() => readXml(`<r>${"<a/>".repeat(100_001)}</r>`)).toThrow("too many");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      expect(tryRead(text)).toMatch(/^(read|refused)$/);
    }),
  );
});

function tryRead(text: string) {
  try {
    readXml(text);
    return "read";
  } catch (error) {
    return error instanceof XmlFault ? "refused" : "crashed";
  }
}
