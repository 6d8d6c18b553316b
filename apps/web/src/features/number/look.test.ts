import { expect, it } from "vitest";
import { numberPath, readLook } from "./look";

it("keeps what it knows of an address, and leaves out the rest", () => {
  expect(
    readLook({ seller: "acme", dialer: "a parrot", kind: ["call"], after: "x", number: "+1" }),
  ).toEqual({ seller: "acme" });
});

it("leads to a phone by its id, and to what was typed by its seal", () => {
  const look = { seller: "acme", kind: "call" } as const;
  expect(numberPath({ phoneId: "0198" }, look)).toBe("/numbers/0198?seller=acme&kind=call");
  expect(numberPath({ phoneId: "0198" })).toBe("/numbers/0198");
  expect(numberPath({ asked: "sealed" }, { after: undefined })).toBe("/numbers?asked=sealed");
});
