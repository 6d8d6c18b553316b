import { expect, it } from "vitest";
import { preferredLocale } from "./locale.ts";

it.each([
  [null, "en"],
  ["", "en"],
  ["ru", "ru"],
  ["ru_RU", "ru"],
  ["RU-ru", "ru"],
  ["de-RU,en", "en"],
  ["de-RU", "en"],
  ["ru;q=0.1,en;q=0.9", "en"],
  ["en;q=0.1, ru;q=0.9", "ru"],
  ["uk, ru;q=0.8, en;q=0.8", "ru"],
  ["en-US;q=0.5, ru;q=0.7, en;q=0.9", "en"],
  ["ru;q=0", "en"],
  ["*, ru;q=0.5", "en"],
  ["en;q=0, *;q=0.5", "ru"],
  ["run, rusyn", "en"],
  ["ru;q=high, en;q=0.1", "en"],
])("of %j prefers %s", (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});
