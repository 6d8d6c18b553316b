import { expect, it } from "vitest";
import { readPhone } from "./read-phone.ts";
import { Region } from "./phone.ts";

it("reads a country in capitals or not, and so the number beside it", () => {
  expect(Region.parse("us")).toBe("US");
  expect(readPhone("(214) 555-0142", Region.parse("us"))).toEqual({ phone: "+12145550142" });
});

it.each(["USA", "U", "", "U1", "US-TX"])("takes no country from %j", (text) => {
  expect(Region.safeParse(text).success).toBe(false);
});
