import { expect, it } from "vitest";
import { placeName, shortPlaceName } from "./place-name";

it.each([
  ["en", "US-TX", "Texas (US)", "Texas"],
  ["ru", "US-TX", "Техас (США)", "Техас"],
  ["en", "CA", "Canada", "Canada"],
  ["ru", "RU", "Россия", "Россия"],
  ["ru", "US", "США", "США"],
  ["en", "FR-IDF", "IDF (France)", "FR-IDF"],
  ["en", "nowhere", "nowhere", "nowhere"],
] as const)("in %s %s is %s, or in short %s", (locale, place, name, short) => {
  expect(placeName(locale, place)).toBe(name);
  expect(shortPlaceName(locale, place)).toBe(short);
});
