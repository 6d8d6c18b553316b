import { expect, it } from "vitest";
import { hashPassword, isPassword } from "./password.ts";

it("knows a password by its hash", async () => {
  const hash = await hashPassword("poppies");

  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword(hash, "poppies")).toBe(true);
  expect(await isPassword(hash, "thistles")).toBe(false);
});

it("has no password where there is no hash, not even the one that was hashed in its stead", async () => {
  expect(await isPassword(undefined, "a password that nobody has")).toBe(false);
});
