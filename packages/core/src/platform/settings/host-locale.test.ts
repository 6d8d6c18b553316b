import { expect, it } from "vitest";
import { hostLocale } from "./host-locale.ts";

it.each([
  [{ LANG: "ru_RU.UTF-8" }, "ru"],
  [{ LANG: "ru" }, "ru"],
  [{ LANG: "en_US.UTF-8" }, "en"],
  [{ LANG: "C.UTF-8" }, "en"],
  [{}, "en"],
])("%o speaks %s", (environment, expected) => {
  expect(hostLocale(environment)).toBe(expected);
});
