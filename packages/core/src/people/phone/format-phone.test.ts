import { expect, it } from "vitest";
import { formatPhone } from "./format-phone.ts";
import { Phone } from "./phone.ts";

it.each([
  ["+12145550142", "+1 214 555 0142"],
  ["+79990000017", "+7 999 000-00-17"],
  ["+77011234567", "+7 701 123-45-67"],
  ["+442079460018", "+44 20 7946 0018"],
  ["+80012345678", "+800 1234 5678"],
])("groups %s by its plan", (phone, text) => {
  expect(formatPhone(Phone.parse(phone))).toBe(text);
});
