import { expect, it } from "vitest";
import { Search } from "./search.ts";

it("takes a text without the spaces around it", () => {
  expect(Search.parse({ text: " loans " })).toEqual({ text: "loans" });
});

it.each(["", "   ", "x".repeat(201), "a\u0000b"])("does not take %j", (text) => {
  expect(Search.safeParse({ text }).success).toBe(false);
});
