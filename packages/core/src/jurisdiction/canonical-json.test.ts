import { expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

// The example of RFC 8785, section 3.2.2.
const example = {
  numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
  string: "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\/",
  literals: [null, true, false],
};

it("writes the example of the RFC as the RFC does", () => {
  expect(canonicalJson(example)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

it("orders keys by their UTF-16 units, numbers among them too", () => {
  expect(canonicalJson({ 10: 1, 9: 2, "\ufb33": 3, "\u{1f600}": 4, é: 5 })).toBe(
    '{"10":1,"9":2,"é":5,"\u{1f600}":4,"\ufb33":3}',
  );
});
