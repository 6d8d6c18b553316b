import { expect, it } from "vitest";
import { isSameOrigin } from "./same-origin";

const ours = "https://ringfence.example";

it.each<[boolean, Record<string, string>]>([
  [true, { "sec-fetch-site": "same-origin" }],
  [true, { origin: ours }],
  [false, { "sec-fetch-site": "same-site" }],
  [false, { "sec-fetch-site": "cross-site", origin: ours }],
  [false, { "sec-fetch-site": "none" }],
  [false, { origin: "https://ringfence.example.evil.example" }],
  [false, { origin: "null" }],
  [false, {}],
])("%s for %o", (expected, headers) => {
  expect(isSameOrigin(new Headers(headers), ours)).toBe(expected);
});
