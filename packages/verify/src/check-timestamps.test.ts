import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Certificate, readNote, readTlogProof } from "@ringfence/core/ledger";
import { aCertificate } from "@ringfence/core/testing/certificates";
import { afterAll, expect, it } from "vitest";
import { verify } from "./verify.ts";

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-stamp-"));
afterAll(() => rmSync(folder, { recursive: true }));
const openssl = (line: string) =>
  execFileSync("openssl", line.split(" "), { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });

const config = `
[req]
distinguished_name = name
[name]
[stamping]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[tsa]
default_tsa = authority
[authority]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
`;

/** A token of openssl over a text. */
function stampOver(text: string): string {
  writeFileSync(path.join(folder, "tsa.cnf"), config);
  writeFileSync(path.join(folder, "serial"), "01\n");
  writeFileSync(path.join(folder, "text"), text);
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config tsa.cnf";
  openssl(
    `req -x509 ${key} -keyout tsa.key -out tsa.pem -subj /CN=Authority -days 2 -extensions stamping`,
  );
  openssl("ts -query -data text -sha256 -cert -out query");
  openssl("ts -reply -config tsa.cnf -queryfile query -token_out -out token");
  return readFileSync(path.join(folder, "token")).toString("base64");
}

const certificate = aCertificate();
const checkpoint = readNote(readTlogProof(certificate.proof ?? "")?.checkpoint ?? "")?.text ?? "";
const token = stampOver(checkpoint);

async function timestampOf(more: Partial<Certificate>) {
  const text = JSON.stringify({ ...certificate, ...more });
  const { verdict, steps } = await verify(new TextEncoder().encode(text));
  return { verdict, ...steps.find(({ step }) => step === "timestamp") };
}

it("says who stamped the time, and which", async () => {
  expect(await timestampOf({ timestamps: [token] })).toMatchObject({
    verdict: "holds",
    outcome: "passed",
    message: { values: { by: "Authority", at: expect.any(Date) } },
  });
});

it("has nothing to say where there is no stamp", async () => {
  expect(await timestampOf({})).toMatchObject({ verdict: "holds", outcome: "absent" });
});

it("refuses a stamp over another text, or that was changed", async () => {
  const bytes = Buffer.from(token, "base64");
  const last = bytes.length - 5;
  const changed = bytes.with(last, (bytes[last] ?? 0) ^ 1);
  const forged = [stampOver(`${checkpoint}!`), Buffer.from(changed).toString("base64"), "AAAA", ""];
  for (const one of [...forged, `${token}AAAA`]) {
    expect(await timestampOf({ timestamps: [one] })).toMatchObject({
      verdict: "broken",
      message: { key: "verify.timestamp-wrong" },
    });
  }
});
