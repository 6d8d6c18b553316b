import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { base64, decodeBase64url } from "../../platform/base64.ts";
import { parsePublicKey } from "../../platform/public-key/index.ts";
import { parseSignature, readRequestSignature } from "./request-signature.ts";

const rfcPublicKey = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`;

describe("the test vector of RFC 9421, B.2.6", () => {
  const request = (path: string) => ({
    method: "POST",
    target: `${path}?param=Value&Pet=dog`,
    origin: "https://example.com",
    hasBody: true,
    rawHeaders: Object.entries({
      Host: "example.com",
      Date: "Tue, 20 Apr 2021 02:07:55 GMT",
      "Content-Type": "application/json",
      "Content-Length": "18",
      "Signature-Input":
        'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
      Signature:
        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
    }).flat(),
  });
  const verify = (path: string) => {
    const { base, signature, faults } = parseSignature(request(path));
    expect(faults).toEqual([]);
    const key = parsePublicKey(rfcPublicKey);
    if (!("x" in key)) throw new Error("the key cannot be read");
    return ed25519.verify(signature, base, decodeBase64url(key.x) ?? new Uint8Array());
  };

  it("verifies, with the signature base that the RFC prints", () => {
    expect(new TextDecoder().decode(parseSignature(request("/foo")).base)).toBe(
      [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@method": POST',
        '"@path": /foo',
        '"@authority": example.com',
        '"content-type": application/json',
        '"content-length": 18',
        '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
      ].join("\n"),
    );
    expect(verify("/foo")).toBe(true);
  });

  it("does not verify for another path", () => {
    expect(verify("/fooo")).toBe(false);
  });
});

const body = '{"phone":"+12015550123"}';
const digest = `sha-256=:${base64(sha256(utf8ToBytes(body)))}:`;
const covered = '("@method" "@target-uri" "authorization" "content-digest")';
const parameters = ';created=1790000000;keyid="JdqfkfM0";nonce="n-1234567890abcdef";alg="ed25519"';
const signature = `sig=:${base64(new Uint8Array(64).fill(7))}:`;

type Change = {
  target?: string;
  headers?: Record<string, string>;
  more?: readonly string[];
  hasBody?: boolean;
};

/** Reads a signature that covers all that it has to, with a few headers changed. */
function read({ target = "/v1/screenings", headers = {}, more = [], hasBody = true }: Change) {
  const all = {
    host: "attacker.example",
    authorization: "Bearer rf_1",
    "content-digest": digest,
    "signature-input": `sig=${covered}${parameters}`,
    signature,
    ...headers,
  };
  return readRequestSignature({
    method: "POST",
    target,
    origin: "https://api.calls.example",
    rawHeaders: [...Object.entries(all).flat(), ...more],
    hasBody,
  });
}

const input = (components: string, end = parameters) => ({
  headers: { "signature-input": `sig=${components}${end}` },
});

/** Changes a text in the parameters. */
const withParameter = (from: string, to: string) => input(covered, parameters.replace(from, to));

/** Keys of the messages of all faults. */
function readFaults(change: Change) {
  const result = read(change);
  return "faults" in result ? result.faults.map(({ message }) => message.key) : [];
}

it("reads a signature that covers all required components", () => {
  const result = read({});
  if ("faults" in result) throw new Error(JSON.stringify(result.faults));
  expect(result.signature).toMatchObject({
    keyId: "JdqfkfM0",
    nonce: "n-1234567890abcdef",
    created: 1_790_000_000,
    expires: null,
    bodyDigest: sha256(utf8ToBytes(body)),
  });
  expect(new TextDecoder().decode(result.signature.base)).toBe(
    [
      '"@method": POST',
      '"@target-uri": https://api.calls.example/v1/screenings',
      '"authorization": Bearer rf_1',
      `"content-digest": ${digest}`,
      `"@signature-params": ${covered}${parameters}`,
    ].join("\n"),
  );
});

it.each([
  ["/v1/opt-outs?limit=1&after=", "/v1/opt-outs", "?limit=1&after="],
  ["/v1/opt-outs", "/v1/opt-outs", "?"],
  ["/v1/opt-outs?", "/v1/opt-outs", "?"],
  ["/v1/%6Fpt-outs?a=?", "/v1/%6Fpt-outs", "?a=?"],
])(
  "takes the address %s in parts, as it was sent, with the configured host",
  (target, path, query) => {
    const components = '("@method" "@authority" "@path" "@query" "authorization" "content-digest")';
    const result = read({ target, ...input(components) });
    if ("faults" in result) throw new Error(JSON.stringify(result.faults));
    expect(new TextDecoder().decode(result.signature.base)).toContain(
      `"@authority": api.calls.example\n"@path": ${path}\n"@query": ${query}\n`,
    );
  },
);

const emptyDigest = `sha-256=:${base64(sha256(new Uint8Array()))}:`;

it("needs no digest without a body, and allows more components", () => {
  const components = '("@method" "@target-uri" "authorization" "host")';
  const request = (digest: object, covered: string) => ({
    method: "GET",
    target: "/v1/opt-outs",
    origin: "http://localhost:4000",
    rawHeaders: Object.entries({
      Host: "localhost:4000",
      Authorization: "Bearer rf_1",
      Signature: signature,
      "Signature-Input": `sig=${covered}${parameters};expires=1790000060;tag="bank"`,
      ...digest,
    }).flat(),
    hasBody: false,
  });
  const accepted = { signature: { bodyDigest: null, expires: 1_790_000_060 } };
  expect(readRequestSignature(request({}, components))).toMatchObject(accepted);
  const withDigest = components.replace("host", "content-digest");
  const ofNothing = request({ "Content-Digest": emptyDigest }, withDigest);
  expect(readRequestSignature(ofNothing)).toMatchObject(accepted);
});

it.each<[string, Change, string[]]>([
  ["no signature", { headers: { "signature-input": "", signature: "" } }, ["signature.unreadable"]],
  ["no input", { headers: { "signature-input": "" } }, ["signature.unreadable"]],
  ["a list that does not end", input('("@method"', ""), ["signature.unreadable"]],
  ["an input that is no list", input('"@method"'), ["signature.unreadable"]],
  [
    "another label",
    { headers: { signature: signature.replace("sig", "other") } },
    ["signature.unreadable"],
  ],
  ["a short signature", { headers: { signature: "sig=:AAAA:" } }, ["signature.unreadable"]],
  ["a signature as text", { headers: { signature: 'sig="AAAA"' } }, ["signature.unreadable"]],
  [
    "two signatures",
    {
      headers: {
        "signature-input": `sig=${covered}${parameters}, b=${covered}${parameters}`,
        signature: `${signature}, b${signature.slice(3)}`,
      },
    },
    ["signature.several"],
  ],
  [
    "a second input",
    { headers: { "signature-input": `sig=${covered}${parameters}, b=()` } },
    ["signature.several"],
  ],
  [
    "the same field twice",
    { more: ["Signature-Input", `sig=${covered}${parameters}`] },
    ["signature.repeated"],
  ],
  ["two keys", { more: ["Authorization", "Bearer rf_2"] }, ["signature.repeated"]],
  ["two digests", { more: ["Content-Digest", digest] }, ["signature.repeated"]],
  [
    "no method",
    input('("@target-uri" "authorization" "content-digest")'),
    ["signature.components"],
  ],
  ["no address", input('("@method" "authorization" "content-digest")'), ["signature.components"]],
  [
    "an address without its query",
    input('("@method" "@authority" "@path" "authorization" "content-digest")'),
    ["signature.components"],
  ],
  ["no key", input('("@method" "@target-uri" "content-digest")'), ["signature.components"]],
  ["no digest", input('("@method" "@target-uri" "authorization")'), ["signature.components"]],
  [
    "an Idempotency-Key that is not signed",
    { more: ["Idempotency-Key", "k-1"] },
    ["signature.components"],
  ],
  ["a component twice", input(covered.replace("(", '("@method" ')), ["signature.component"]],
  ["a header that is not there", input(covered.replace("(", '("date" ')), ["signature.component"]],
  [
    "a header in capitals",
    input(covered.replace("authorization", "Authorization")),
    ["signature.component"],
  ],
  [
    "a component with a parameter",
    input(covered.replace('"authorization"', '"authorization";bs')),
    ["signature.component"],
  ],
  ["a status", input(covered.replace("(", '("@status" ')), ["signature.component"]],
  [
    "a covered header that came twice",
    {
      ...input(covered.replace("(", '("x-note" ')),
      more: ["X-Note", "a", "X-Note", "b"],
    },
    ["signature.component"],
  ],
  [
    "no parameters",
    input(covered, ""),
    [
      "signature.created-missing",
      "signature.keyid-missing",
      "signature.nonce-missing",
      "signature.alg",
    ],
  ],
  ["a time with a fraction", withParameter("0;keyid", "0.5;keyid"), ["signature.created-missing"]],
  ["a time as text", withParameter("1790000000", '"1790000000"'), ["signature.created-missing"]],
  [
    "an end as text",
    withParameter(";alg", ';expires="later";alg'),
    ["signature.expires-unreadable"],
  ],
  ["a short nonce", withParameter("n-1234567890abcdef", "1"), ["signature.nonce-missing"]],
  ["another algorithm", withParameter("ed25519", "hmac-sha256"), ["signature.alg"]],
  ["an algorithm in capitals", withParameter("ed25519", "Ed25519"), ["signature.alg"]],
  ["an algorithm as a token", withParameter('"ed25519"', "ed25519"), ["signature.alg"]],
  [
    "a digest of another kind",
    { headers: { "content-digest": "sha-512=:AAAA:" } },
    ["signature.digest"],
  ],
  ["a body that was left out", { hasBody: false }, ["signature.body"]],
  [
    "an address with a host of its own",
    { target: "http://attacker.example/v1" },
    ["signature.target"],
  ],
])("refuses %s", (_, change, faults) => {
  expect(readFaults({})).toEqual([]);
  expect(readFaults(change)).toEqual(faults);
});

it("names every component that is missing", () => {
  expect(read(input('("@authority")'))).toEqual({
    faults: [
      {
        path: "/signature-input",
        message: {
          key: "signature.components",
          values: { components: '"@method" "@target-uri" "authorization" "content-digest"' },
        },
      },
    ],
  });
});
