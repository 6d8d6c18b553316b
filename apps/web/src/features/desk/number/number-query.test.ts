import { expect, it } from "vitest";
import { loadNumberQuery, numberPath, toVerbInput } from "./number-query";

const cursor = "1793890425903.01a21332-cc04-70d7-8834-a5e7ea831eef";

it("converts the address to a question, without meaningless values", () => {
  const look = loadNumberQuery({
    seller: "acme",
    purpose: "Everything!",
    dialer: "a parrot",
    kind: "call",
    after: `${cursor}~nonsense`,
    number: "+12145550142",
  });
  expect(toVerbInput(look)).toEqual({ seller: "acme", kind: "call", after: cursor });
});

it("builds paths from a phone's id or from sealed text", () => {
  expect(numberPath({ phoneId: "0198" }, { seller: "acme", kind: "call" })).toBe(
    "/numbers/0198?seller=acme&kind=call",
  );
  expect(numberPath({ phoneId: "0198" })).toBe("/numbers/0198");
  expect(numberPath({ asked: "a+b" }, { after: ["1", "2"] })).toBe(
    "/numbers?asked=a%2Bb&after=1~2",
  );
});
