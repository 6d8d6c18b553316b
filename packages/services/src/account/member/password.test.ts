import { expect, it } from "vitest";
import { hashPassword, isPassword } from "./password.ts";

it("knows a password by its hash", async () => {
  const hash = await hashPassword("poppies");

  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword(hash, "poppies")).toBe(true);
  expect(await isPassword(hash, "thistles")).toBe(false);
});

it("knows a letter in both of the ways in which keyboards write it", async () => {
  expect(await isPassword(await hashPassword("мой дом"), "мой дом".normalize("NFD"))).toBe(true);
});

it("has no password where there is no hash, not even the one that was hashed in its stead", async () => {
  expect(await isPassword(undefined, "a password that nobody has")).toBe(false);
});
