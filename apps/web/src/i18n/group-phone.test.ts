import { expect, it } from "vitest";
import { groupPhone } from "./group-phone";

it.each([
  ["+12145550142", "+1 214 555 0142"],
  ["+79990000017", "+7 999 000-00-17"],
  ["+442079460018", "+44 20 7946 0018"],
  ["+390612345678", "+39 06 1234 5678"],
  ["+1", "+1"],
])("%s is %s", (phone, grouped) => {
  expect(groupPhone(phone)).toBe(grouped);
});
