import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

const proper = "critical, timeStamping";

const formatConfig = (usage: string) => `
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[tsa_certificate]
extendedKeyUsage = ${proper}
keyUsage = critical, digitalSignature
[other_certificate]
extendedKeyUsage = ${usage}
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
ess_cert_id_alg = sha256
accuracy = secs:1
`;

const TST_INFO = "1.2.840.113549.1.9.16.1.4";

const untouched = (query: Uint8Array) => query;

/**
 * A time-stamping authority of openssl, over HTTP as RFC 3161 has it. `usage` is the extended key usage of its
 * certificate.
 */
export async function aTimestampAuthority({ usage = proper } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-tsa-"));
  const openssl = (line: string) =>
    execFileSync("openssl", line.split(" "), { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  writeFileSync(path.join(folder, "tsa.cnf"), formatConfig(usage));
  writeFileSync(path.join(folder, "serial"), "01\n");
  const made = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config tsa.cnf";
  openssl(`req -x509 ${made} -keyout ca.key -out ca.pem -subj /CN=Root -days 2 -extensions ca`);
  openssl(`req -new ${made} -keyout tsa.key -out tsa.csr -subj /CN=Authority`);
  openssl(
    "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -days 2 -out tsa.pem -extfile tsa.cnf -extensions tsa_certificate",
  );

  const otherwise = "-extfile tsa.cnf -extensions other_certificate -out other.pem";
  openssl(`x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -days 2 ${otherwise}`);
  /** Has the token signed by a certificate with which openssl itself makes none. */
  const signAgain = () => {
    openssl("ts -reply -in answer -token_out -out token");
    openssl("cms -verify -inform DER -in token -noverify -out stated");
    openssl(
      `cms -sign -binary -nodetach -cades -econtent_type ${TST_INFO} -in stated -signer other.pem -inkey tsa.key -outform DER -out token`,
    );
    openssl("ts -reply -in token -token_in -out answer");
  };

  /** Changes a query on its way, if the test wants that. */
  let meddle = untouched;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      writeFileSync(path.join(folder, "query"), meddle(Buffer.concat(chunks)));
      openssl("ts -reply -config tsa.cnf -queryfile query -out answer");
      if (usage !== proper) signAgain();
      const answer = readFileSync(path.join(folder, "answer"));
      response.writeHead(200, { "content-type": "application/timestamp-reply" }).end(answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    root: readFileSync(path.join(folder, "ca.pem"), "utf8"),
    meddle: (how: typeof meddle) => void (meddle = how),
    /** Verifies a token over a text with openssl. Throws if it is refused. */
    verify(token: Uint8Array, text: string) {
      writeFileSync(path.join(folder, "token"), token);
      writeFileSync(path.join(folder, "text"), text);
      return openssl("ts -verify -data text -in token -token_in -CAfile ca.pem").toString();
    },
  };
}
