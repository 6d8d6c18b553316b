// Asks whether a call may be placed, with a signed request (RFC 9421). Needs Node 20 or newer, and nothing else.
//
//   openssl genpkey -algorithm ed25519 -out private.pem
//   openssl pkey -in private.pem -pubout               # register this on the API keys page
//   RINGFENCE_URL=https://api.calls.example RINGFENCE_KEY=rf_… RINGFENCE_PRIVATE_KEY=private.pem \
//     node signed-screening.mjs "+1 (201) 555-0123" marketing
import { createHash, createPrivateKey, createPublicKey, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";

const { RINGFENCE_URL = "", RINGFENCE_KEY = "", RINGFENCE_PRIVATE_KEY = "" } = process.env;
const privateKey = createPrivateKey(readFileSync(RINGFENCE_PRIVATE_KEY));

/** The thumbprint of the public key (RFC 7638), as shown on the API keys page. */
const { crv, kty, x } = createPublicKey(privateKey).export({ format: "jwk" });
const keyId = createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");

/** Returns the headers of a signed request. Sign every retry anew: each nonce is accepted once. */
function signedHeaders(method, url, headers, body) {
  const all = { ...headers, authorization: `Bearer ${RINGFENCE_KEY}` };
  const covered = ["@method", "@target-uri", "authorization"];
  if (body !== undefined) {
    all["content-digest"] = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
    covered.push("content-digest");
  }
  if ("idempotency-key" in all) covered.push("idempotency-key");
  const values = { "@method": method, "@target-uri": url, ...all };
  const created = Math.floor(Date.now() / 1000);
  const parameters =
    `(${covered.map((name) => `"${name}"`).join(" ")})` +
    `;created=${created};keyid="${keyId}";nonce="${randomUUID()}";alg="ed25519"`;
  const base = [
    ...covered.map((name) => `"${name}": ${values[name]}`),
    `"@signature-params": ${parameters}`,
  ].join("\n");
  const signature = sign(null, Buffer.from(base), privateKey).toString("base64");
  return { ...all, "signature-input": `sig=${parameters}`, signature: `sig=:${signature}:` };
}

const [phone, purpose] = process.argv.slice(2);
const url = `${RINGFENCE_URL}/v1/screenings`;
const body = JSON.stringify({ phone, purpose });
const headers = signedHeaders("POST", url, { "content-type": "application/json" }, body);
const response = await fetch(url, { method: "POST", headers, body });
const answer = await response.json();
console.log(JSON.stringify(answer));
// Call only if the verdict is "allow".
process.exitCode = answer.verdict === "allow" ? 0 : 1;
