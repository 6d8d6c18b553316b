import { expect, it } from "vitest";
import { formatPhone, maskPhone } from "./format-phone.ts";
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

it.each([
  ["+79161234567", "+79•••••••67"],
  ["+12145550142", "+12•••••••42"],
])("shows of %s what tells it from others, and not itself", (phone, masked) => {
  expect(maskPhone(Phone.parse(phone))).toBe(masked);
});
