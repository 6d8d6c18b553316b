import { expect, it } from "vitest";
import { guessDelimiter } from "./guess-delimiter.ts";

it.each([
  ["phone,name\n+79161234567,Ада\n", ","],
  ["phone;name\r\n+79161234567;Ада, Лавлейс\r\n", ";"],
  ["phone\tname\n+79161234567\tAda, Lovelace; Countess\n", "\t"],
  ['phone;note\n1;"a, b\nc, d, e, f"\n', ";"],
  ["phone\n+79161234567\n", ","],
  ["phone;note\n1;x\nbroken line\n", ";"],
  ["", ","],
] as const)("finds what stands between the cells of %j", (text, delimiter) => {
  expect(guessDelimiter(text)).toBe(delimiter);
});
