import { type Certificate, readNote, readTlogProof } from "@ringfence/core/proof/ledger";
import { aLiveCertificate } from "@ringfence/core/testing/certificates";
import { fromBER } from "asn1js";
import { type Certificate as Certified, ContentInfo, SignedData } from "pkijs";
import { expect, it } from "vitest";
import { createStampingAuthority } from "../testing/stamping-authority.ts";
import { verify } from "./verify.ts";

const certificate = aLiveCertificate();
const checkpoint = readNote(readTlogProof(certificate.proof ?? "")?.checkpoint ?? "")?.text ?? "";

const genuine = createStampingAuthority("DigiCert Trusted Root");
const token = genuine.stamp(checkpoint);

async function checkTimestamp(more: Partial<Certificate>, roots?: string) {
  const text = JSON.stringify({ ...certificate, ...more });
  const { verdict, steps } = await verify(new TextEncoder().encode(text), { roots });
  return { verdict, ...steps.find(({ step }) => step === "timestamp") };
}

const untrusted = {
  verdict: "holds",
  outcome: "absent",
  message: { key: "verify.timestamp-untrusted" },
};
const wrong = { verdict: "broken", message: { key: "verify.timestamp-wrong" } };
const purpose = { verdict: "broken", message: { key: "verify.timestamp-purpose" } };

it("proves the time where its chain leads to a root that the reader gave", async () => {
  expect(await checkTimestamp({ timestamps: [token] }, genuine.root)).toMatchObject({
    verdict: "holds",
    outcome: "passed",
    message: { key: "verify.timestamp-right", values: { by: "Authority", at: expect.any(Date) } },
  });
  expect(await checkTimestamp({ timestamps: [token] }, genuine.signer)).toMatchObject({
    outcome: "passed",
  });
});

it("proves nothing by an authority that the reader has not chosen to trust", async () => {
  expect(await checkTimestamp({ timestamps: [token] })).toMatchObject(untrusted);
});

it("proves nothing by an authority that has only the name of the one trusted", async () => {
  const forger = createStampingAuthority("DigiCert Trusted Root");
  const forged = forger.stamp(checkpoint);
  expect(await checkTimestamp({ timestamps: [forged] }, genuine.root)).toMatchObject(untrusted);
});

/** A token with other certificates beside those it came with. */
function withCertificates(base64: string, change: (own: Certified[]) => Certified[]) {
  const der = Uint8Array.from(Buffer.from(base64, "base64"));
  const content = new ContentInfo({ schema: fromBER(der).result });
  const signed = new SignedData({ schema: content.content });
  signed.certificates = change((signed.certificates ?? []) as Certified[]);
  content.content = signed.toSchema(true);
  return Buffer.from(content.toSchema().toBER()).toString("base64");
}

const listCertificates = (base64: string) => {
  let found: Certified[] = [];
  withCertificates(base64, (own) => (found = own));
  return found;
};

it("follows the chain of whoever signed, not of another whose certificates lie beside it", async () => {
  const theirs = listCertificates(token);
  const forged = createStampingAuthority("DigiCert Trusted Root").stamp(checkpoint);
  for (const order of [
    (own: Certified[]) => [...own, ...theirs],
    (own: Certified[]) => [...theirs, ...own],
    (own: Certified[]) => [...own, ...theirs, ...own],
  ]) {
    const mixed = withCertificates(forged, order);
    expect(await checkTimestamp({ timestamps: [mixed] }, genuine.root)).toMatchObject(untrusted);
  }
});

it("takes no certificate that is for something else, or for more than time stamps", async () => {
  for (const usage of ["serverAuth", "timeStamping, serverAuth"]) {
    const other = createStampingAuthority("Root", { usage: `critical, ${usage}` });
    const forged = other.stamp(checkpoint);
    expect(await checkTimestamp({ timestamps: [forged] }, other.root)).toMatchObject(purpose);
  }
  const lax = createStampingAuthority("Root", { usage: "timeStamping" });
  expect(await checkTimestamp({ timestamps: [lax.stamp(checkpoint)] }, lax.root)).toMatchObject(
    purpose,
  );
});

it("takes no certificate that was not valid at the time that it stamps", async () => {
  const past = createStampingAuthority("Root", { until: "20200102000000Z" });
  expect(await checkTimestamp({ timestamps: [past.stamp(checkpoint)] }, past.root)).toMatchObject(
    purpose,
  );
});

it("rejects a chain through a certificate that is not an authority's", async () => {
  const other = createStampingAuthority("Root", { isSubordinate: true });
  const forged = other.stamp(checkpoint);
  expect(await checkTimestamp({ timestamps: [forged] }, other.root)).toMatchObject(untrusted);
});

it("reports a missing time stamp as absent", async () => {
  expect(await checkTimestamp({})).toMatchObject({ verdict: "holds", outcome: "absent" });
});

it("refuses a stamp over another text, or that was changed", async () => {
  const bytes = Buffer.from(token, "base64");
  const last = bytes.length - 5;
  const changed = bytes.with(last, (bytes[last] ?? 0) ^ 1);
  const forged = [genuine.stamp(`${checkpoint}!`), Buffer.from(changed).toString("base64")];
  for (const one of [...forged, "AAAA", "", `${token}AAAA`]) {
    for (const roots of [undefined, genuine.root]) {
      expect(await checkTimestamp({ timestamps: [one] }, roots)).toMatchObject(wrong);
    }
  }
  const later = certificate.later.map((one) => ({ ...one, timestamps: ["AAAA"] }));
  expect(await checkTimestamp({ timestamps: [token], later })).toMatchObject(wrong);
});

it("refuses roots that cannot be read", async () => {
  const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  expect(await checkTimestamp({ timestamps: [token] }, pem)).toMatchObject({
    outcome: "failed",
    message: { key: "verify.trust-broken" },
  });
});
