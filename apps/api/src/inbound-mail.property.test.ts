import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, it } from "vitest";
import { MAIL_FIELDS, readMailForm } from "./inbound-mail.ts";

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const value = fc.oneof(text, fc.constantFrom("", "\r\n", "--", "\r\n--x\r\n\r\n", '"'));
const file = value.map((content) => new File([content], "mail.eml"));
const name = fc.constantFrom(...MAIL_FIELDS, "body-html", "attachment-1");
type Fields = [string, string | File][];
const fields: fc.Arbitrary<Fields> = fc.array(fc.tuple(name, fc.oneof(value, file)));

const atOnce = () => Promise.resolve();

/** A request whose body comes in pieces of so many bytes. */
function request(type: string, body: Buffer, piece: number) {
  function* pieces() {
    for (let at = 0; at < body.length; at += piece) yield body.subarray(at, at + piece);
  }
  return Object.assign(Readable.from(pieces()), { headers: { "content-type": type } });
}

async function read(init: FormData | URLSearchParams, piece = 1_000_000, maxBytes = 1_000_000) {
  const response = new Response(init);
  const type = response.headers.get("content-type") ?? "";
  const body = Buffer.from(await response.arrayBuffer());
  return Object.fromEntries(await readMailForm(request(type, body, piece), maxBytes, atOnce));
}

/** Reads the fields with another parser. If a field comes twice, the last one counts. */
async function expected(form: FormData) {
  const type = new Response(form).headers.get("content-type");
  const parsed = await new Response(form).formData();
  const texts = [...parsed].filter(
    ([name, text]) => MAIL_FIELDS.has(name) && !(text instanceof File),
  );
  return type === null ? {} : Object.fromEntries(texts);
}

it("reads the relevant texts as another parser does, however the bytes are split", async () => {
  await fc.assert(
    fc.asyncProperty(fields, fc.integer({ min: 1, max: 200 }), async (fields, piece) => {
      const form = new FormData();
      for (const [name, value] of fields) form.append(name, value);
      expect(await read(form, piece)).toEqual(await expected(form));
      const texts = fields.flatMap(([name, text]) =>
        typeof text === "string" ? [[name, text]] : [],
      );
      const encoded = Object.fromEntries(texts.filter(([name = ""]) => MAIL_FIELDS.has(name)));
      expect(await read(new URLSearchParams(texts), piece)).toEqual(encoded);
    }),
  );
});

it("finds nothing, and does not fail, if the body is not a form", async () => {
  const type = fc.constantFrom("multipart/form-data; boundary=x", "multipart/form-data", "x", "");
  const part = fc.constantFrom("--x", "\r\n", "--", "x", 'content-disposition: x; name="a"', "é");
  await fc.assert(
    fc.asyncProperty(type, fc.array(part), async (type, parts) => {
      const body = Buffer.from(parts.join(""));
      expect(await readMailForm(request(type, body, 3), 1_000, atOnce)).toEqual([]);
    }),
  );
});

it("keeps at most 256 KiB of each field, however often it occurs", async () => {
  const form = new FormData();
  for (const text of ["a", "b"]) form.append("stripped-text", text.repeat(300_000));
  for (let index = 0; index < 50; index++) form.append(`body-${index}`, "c".repeat(10_000));
  expect(await read(form, 65_536, 2_000_000)).toEqual({ "stripped-text": "b".repeat(256 * 1024) });
});

it("stops at the size limit of a mail", async () => {
  const form = new FormData();
  form.append("attachment-1", new File(["x".repeat(10_000)], "a.png"));
  await expect(read(form, 100, 5_000)).rejects.toMatchObject({ code: "too-large" });
});
