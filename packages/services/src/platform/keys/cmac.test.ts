import { createSecretKey } from "node:crypto";
import { expect, it } from "vitest";
import { createCmac } from "./cmac.ts";

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));

// Examples of NIST SP 800-38B, appendix D.3: the second is one block long, the fourth four blocks.
const key = createSecretKey(
  bytes("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
);
const message =
  "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

it("computes the MACs of the standard", () => {
  const cmac = createCmac(key);
  expect(cmac(bytes(message.slice(0, 32)), 1)).toEqual(bytes("28a7023f452e8f82bd4bf28d8c37c35c"));
  expect(cmac(bytes(message), 4)).toEqual(bytes("e1992190549f6ed5696a2c056c315410"));
});

it("computes the same MACs for many messages as for each alone", () => {
  const cmac = createCmac(key);
  const messages = [1, 2, 3].map((n) => [n, n + 10, n + 20].map((byte) => Array(16).fill(byte)));
  const alone = messages.map((blocks) => cmac(new Uint8Array(blocks.flat()), 3));
  const byBlock = [0, 1, 2].flatMap((block) => messages.flatMap((one) => one[block] ?? []));
  expect(cmac(new Uint8Array(byBlock), 3)).toEqual(new Uint8Array(Buffer.concat(alone)));
});
