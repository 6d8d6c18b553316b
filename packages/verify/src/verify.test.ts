import { deflateSync } from "node:zlib";
import { aCertificate } from "@ringfence/core/testing/certificates";
import { expect, it } from "vitest";
import { mutations } from "../testing/mutations.ts";
import { tell } from "./tell.ts";
import { verify } from "./verify.ts";

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const sentences = async (value: unknown, locale: "en" | "ru") => {
  const { verdict, steps } = tell(locale, await verify(bytesOf(value)));
  return { verdict, failed: steps.filter(({ outcome }) => outcome === "failed") };
};

it("accepts what nobody has changed", async () => {
  const { verdict } = await verify(bytesOf(aCertificate()));
  expect(verdict).toBe("holds");
});

it.each(mutations)("refuses it when $what", async ({ change, en, ru }) => {
  const forged = change(aCertificate());
  for (const [locale, sentence] of [["en", en] as const, ["ru", ru] as const]) {
    const { verdict, failed } = await sentences(forged, locale);
    expect(verdict).toMatch(/do not rely on it|Верить этому нельзя/);
    expect(failed.map((step) => step.sentence).join("\n")).toMatch(sentence);
  }
});

it("finds the certificate that is attached to a PDF", async () => {
  const attached = deflateSync(bytesOf(aCertificate())).toString("latin1");
  const pdf = `%PDF-1.7\n7 0 obj\n<<\n/Type /EmbeddedFile\n/Length ${attached.length}\n>>\nstream\n${attached}\nendstream\nendobj\n`;
  expect((await verify(Buffer.from(pdf, "latin1"))).verdict).toBe("holds");
  expect((await verify(Buffer.from("%PDF-1.7\n"))).verdict).toBe("broken");
});

it("checks a receipt by itself, as a promise", async () => {
  const { statement } = aCertificate();
  expect((await verify(new TextEncoder().encode(`${statement}\n`))).verdict).toBe("promised");
});
