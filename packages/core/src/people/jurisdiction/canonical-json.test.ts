import { expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

it("writes the example of RFC 8785 as its section 3.2.3 does", () => {
  const example = String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`;
  expect(canonicalJson(JSON.parse(example))).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

it("orders keys by their UTF-16 units, numbers among them too", () => {
  expect(canonicalJson({ 10: 1, 9: 2, "\ufb33": 3, "\u{1f600}": 4, é: 5 })).toBe(
    '{"10":1,"9":2,"é":5,"\u{1f600}":4,"\ufb33":3}',
  );
});
