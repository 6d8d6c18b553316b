import fc from "fast-check";
import { expect, it } from "vitest";
import { multipartFields } from "./multipart-fields.ts";

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const value = fc.oneof(text, fc.constantFrom("", "\r\n", "--", "\r\n--x\r\n\r\n", '"'));
const file = value.map((content) => new File([content], "mail.eml"));

/** A form as `fetch` sends it: its type and its bytes. */
async function sent(fields: readonly (readonly [string, string | File])[]) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const response = new Response(form);
  const type = response.headers.get("content-type") ?? "";
  return { type, body: Buffer.from(await response.arrayBuffer()) };
}

it("gives the text fields that another parser finds, and no file", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, fc.oneof(value, file))), async (fields) => {
      const { type, body } = await sent(fields);
      const parsed = await new Response(body, { headers: { "content-type": type } }).formData();
      const texts = [...parsed].filter(([, value]) => typeof value === "string");
      expect(multipartFields(type, body, 1_000)).toEqual(texts);
    }),
  );
});

it("finds nothing, and does not fail, in what is no form", () => {
  const type = fc.constantFrom("multipart/form-data; boundary=x", "multipart/form-data", "x");
  const piece = fc.constantFrom("--x", "\r\n", "--", "x", 'content-disposition: x; name="a"', "é");
  fc.assert(
    fc.property(type, fc.array(piece), (type, pieces) => {
      const fields = multipartFields(type, Buffer.from(pieces.join("")), 1_000);
      expect(fields.every(([name]) => name === "a")).toBe(true);
    }),
  );
});

it("looks at no more parts than anybody signs", async () => {
  const fields = Array.from({ length: 20 }, (_, index): [string, string] => [`f${index}`, "x"]);
  const { type, body } = await sent(fields);
  expect(multipartFields(type, body, 7)).toHaveLength(7);
});
