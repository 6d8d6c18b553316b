import { expect, it } from "vitest";
import { isGuessable } from "./is-guessable.ts";

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
