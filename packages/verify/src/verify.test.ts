import { deflateSync } from "node:zlib";
import { aCertificate, aLiveCertificate, writePolicy } from "@ringfence/core/testing/certificates";
import { expect, it } from "vitest";
import { forge, mutations } from "../testing/mutations.ts";
import { describeVerification } from "./describe-verification.ts";
import { verify } from "./verify.ts";

const toBytes = (text: string) => new TextEncoder().encode(text);
const whole = () => JSON.stringify(aCertificate());
const policy = writePolicy();

it("accepts a certificate that nobody has changed", async () => {
  for (const trust of [{}, { policy }]) {
    expect((await verify(toBytes(whole()), trust)).verdict).toBe("holds");
  }
});

it.each(mutations)("refuses it when $what", async (mutation) => {
  const { lowersTo = "broken", isOfFileKeys, en, ru } = mutation;
  const forged = toBytes(forge(mutation, aCertificate()));
  for (const trust of isOfFileKeys ? [{}] : [{}, { policy }]) {
    const verification = await verify(forged, trust);
    expect(verification.verdict).toBe(lowersTo);
    for (const [locale, sentence] of [["en", en] as const, ["ru", ru] as const]) {
      const { steps } = describeVerification(locale, verification);
      const weak = steps.filter(({ outcome }) => outcome === "failed" || outcome === "absent");
      expect(weak.map((step) => step.sentence).join("\n")).toMatch(sentence);
    }
  }
});

/** A PDF with these files attached, and a line that it shows. */
function aPdf(files: readonly string[], page = "") {
  const objects = files.map((file) => {
    const bytes = deflateSync(file).toString("latin1");
    return `7 0 obj\n<<\n/Type /EmbeddedFile\n/Length ${bytes.length}\n>>\nstream\n${bytes}\nendstream\nendobj\n`;
  });
  return Buffer.from(`%PDF-1.7\n${page}\n${objects.join("")}`, "latin1");
}

it("finds the certificate that is attached to a PDF, and says that its page was not checked", async () => {
  const checked = await verify(aPdf([whole()], "(Somebody Else) Tj"), { policy });
  expect(checked.verdict).toBe("holds");
  expect(checked.claims).toMatchObject({ name: "Ada Example" });
  const { groups, verdict } = describeVerification("en", checked);
  expect(verdict).toMatch(/The page of the PDF was not checked\.$/);
  expect(groups.find(({ outcome }) => outcome === "absent")?.steps).toContainEqual({
    title: "PDF page",
    outcome: "absent",
    sentence: expect.stringMatching(/Rely only on the contents shown here/),
  });
});

async function findFault(pdf: Buffer) {
  const { verdict, steps } = await verify(pdf);
  return [verdict, steps[0]?.message.key];
}

it("tells a PDF without a certificate from one that is damaged, or has several", async () => {
  expect(await findFault(aPdf([]))).toEqual(["unrecognized", "verify.pdf-without"]);
  const damaged = Buffer.from(aPdf([whole()]).toString("latin1").replace("x\x9c", "xx"), "latin1");
  expect(await findFault(damaged)).toEqual(["broken", "verify.pdf-damaged"]);
  const other = JSON.stringify(aLiveCertificate());
  expect(await findFault(aPdf([whole(), other]))).toEqual(["broken", "verify.pdf-several"]);
});

it("checks a receipt by itself, as a promise", async () => {
  const { statement } = aCertificate();
  expect((await verify(toBytes(`${statement}\n`))).verdict).toBe("promised");
});

/** Lists the titles under each heading of a verified certificate. */
async function listTitles(trust: object) {
  const { groups } = describeVerification(
    "en",
    await verify(toBytes(JSON.stringify(aLiveCertificate())), trust),
  );
  return Object.fromEntries(
    groups.map(({ outcome, steps }) => [outcome, steps.map(({ title }) => title)]),
  );
}

it("lists as proven only what keys from elsewhere prove", async () => {
  const ofKeys = ["Signature", "Text", "Log", "Witnesses", "Since then"];
  expect(await listTitles({})).toEqual({
    consistent: ["Form", ...ofKeys],
    absent: ["Time stamp", "Keys"],
  });
  expect(await listTitles({ policy })).toEqual({
    passed: ["Form", ...ofKeys, "Keys"],
    absent: ["Time stamp"],
  });
});
