import { ed25519 } from "@noble/curves/ed25519.js";
import { expect, it } from "vitest";
import { base64, base64url } from "../base64.ts";
import { computeThumbprint, parsePublicKey } from "./public-key.ts";

const x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const jwk = { kty: "OKP", crv: "Ed25519", x };
const spki = (key: Uint8Array) =>
  `-----BEGIN PUBLIC KEY-----\n${base64(
    Uint8Array.from([0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0, ...key]),
  )}\n-----END PUBLIC KEY-----\n`;
const bytes = Uint8Array.from(atob(x.replaceAll("-", "+").replaceAll("_", "/")), (char) =>
  char.charCodeAt(0),
);

it("computes the thumbprint of RFC 8037, A.3", () => {
  expect(computeThumbprint(x)).toBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
});

it.each([
  ["a JWK", JSON.stringify(jwk)],
  ["a JWK with more members", JSON.stringify({ ...jwk, kid: "2026-12", use: "sig" })],
  ["PEM", spki(bytes)],
  [
    "PEM with the line ends of Windows and blank lines around it",
    `\r\n${spki(bytes).replaceAll("\n", "\r\n")}\r\n`,
  ],
])("parses a public key as %s", (_, text) => {
  expect(parsePublicKey(text)).toEqual({ x });
});

it.each([
  ["a private JWK", JSON.stringify({ ...jwk, d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A" })],
  ["a private key in PEM", "-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----"],
  ["a pair in PEM", `${spki(bytes)}-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----`],
])("tells %s from a public one", (_, text) => {
  expect(parsePublicKey(text)).toEqual({ fault: "private" });
});

const notOnCurve = Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? 2 : 0));

it.each([
  ["nothing", ""],
  ["the bare key", x],
  ["broken JSON", `{${x}`],
  ["a JWK of another curve", JSON.stringify({ ...jwk, crv: "X25519" })],
  ["a JWK with a key that is too short", JSON.stringify({ ...jwk, x: x.slice(0, 20) })],
  ["a certificate", spki(bytes).replaceAll("PUBLIC KEY", "CERTIFICATE")],
  ["two keys", spki(bytes) + spki(bytes)],
  ["PEM of another length", spki(bytes.subarray(1))],
  ["an RSA key", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0B\n-----END PUBLIC KEY-----"],
  ["a point that is not on the curve", spki(notOnCurve)],
  ["the neutral point, for which anybody can sign", spki(ed25519.Point.ZERO.toBytes())],
  ["another point of small order", JSON.stringify({ ...jwk, x: base64url(new Uint8Array(32)) })],
])("refuses %s", (_, text) => {
  expect(parsePublicKey(text)).toEqual({ fault: "unreadable" });
});
