import { expect, it } from "vitest";
import { countRequests } from "./count-requests.ts";

/** A limit of two requests in ten seconds, and a clock to turn. */
function aLimit() {
  const clock = { at: 5_000 };
  return { clock, take: countRequests(2, 10, () => clock.at) };
}

it("counts down, and then says when to try again", () => {
  const { clock, take } = aLimit();
  expect(take("dialer")).toEqual({ isSpent: false, remaining: 1, resetSeconds: 10 });
  clock.at += 4_100;
  expect(take("dialer")).toEqual({ isSpent: false, remaining: 0, resetSeconds: 6 });
  expect(take("dialer")).toEqual({ isSpent: true, remaining: 0, resetSeconds: 6 });
});

it("begins anew in the next window", () => {
  const { clock, take } = aLimit();
  for (const key of ["dialer", "dialer", "dialer"]) take(key);
  clock.at += 10_000;
  expect(take("dialer")).toMatchObject({ isSpent: false, remaining: 1 });
});

it("counts each key for itself", () => {
  const { take } = aLimit();
  for (const key of ["dialer", "dialer", "dialer"]) take(key);
  expect(take("crm")).toMatchObject({ isSpent: false, remaining: 1 });
});

it("tells nobody to wait longer than a window, despite rounding of fractions", () => {
  const at = 24_000.429; // and ten seconds, and off again, is a little more than ten
  expect(countRequests(2, 10, () => at)("dialer").resetSeconds).toBe(10);
});
