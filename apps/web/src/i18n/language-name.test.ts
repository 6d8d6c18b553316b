import { expect, it } from "vitest";
import { languageName } from "./language-name";

it.each([
  ["en", "ru", "Russian"],
  ["ru", "en", "английский"],
  ["en", "es-MX", "Mexican Spanish"],
  ["en", "zz", "zz"],
  ["en", "ab-c", "ab-c"],
])("in %s, names %s as %s", (locale, tag, name) => {
  expect(languageName(locale, tag)).toBe(name);
});
