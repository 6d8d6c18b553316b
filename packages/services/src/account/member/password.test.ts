import { expect, it } from "vitest";
import { hashPassword, isGuessable, isPassword } from "./password.ts";

it("knows a password by its hash", async () => {
  const hash = await hashPassword("poppies");

  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword(hash, "poppies")).toBe(true);
  expect(await isPassword(hash, "thistles")).toBe(false);
});

it("knows a letter in both of the ways in which keyboards write it", async () => {
  expect(await isPassword(await hashPassword("мой дом"), "мой дом".normalize("NFD"))).toBe(true);
});

it("accepts no password if there is no hash, not even the password of the placeholder hash", async () => {
  expect(await isPassword(undefined, "a password that nobody has")).toBe(false);
});

const about = ["Ada Lovelace", "ada.l@poppies.example", "Example Group"];

it.each([
  "passwordpassword",
  "P@ssw0rd1234",
  "123456789012",
  "qwertyuiop[]",
  "aaaaaaaaaaaa",
  "ab".repeat(500),
  "ringfence2026",
  "Ringfence2026!",
  "ada.l@poppies.example",
  "adalovelace1",
  "ExampleGroup1",
  "йцукенгшщзхъ",
  "пароль123456",
])("is guessed: %s", (password) => {
  expect(isGuessable(password, about)).toBe(true);
});

it.each([
  "a field of thistles",
  "k7qm-9fxd-w2ca-hhy4-ukp8",
  "чёрный кот на крыше",
  "мой дом стоит у реки",
])("is not guessed: %s", (password) => {
  expect(isGuessable(password, about)).toBe(false);
});
