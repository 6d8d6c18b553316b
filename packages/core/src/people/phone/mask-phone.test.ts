import { expect, it } from "vitest";
import { maskPhone } from "./mask-phone.ts";
import { Phone } from "./phone.ts";

it.each([
  ["+79161234567", "+79•••••••67"],
  ["+12145550142", "+12•••••••42"],
])("shows of %s what tells it from others, and not itself", (phone, masked) => {
  expect(maskPhone(Phone.parse(phone))).toBe(masked);
});
