import { expect, it } from "vitest";
import { findLogLag } from "./log-lag.ts";

const at = new Date("2026-11-25T10:00:00Z");
const ago = (seconds: number) => ({ count: 3, since: new Date(at.getTime() - seconds * 1000) });
const nothing = { count: 0, since: null };

it("keeps up while nothing waits for longer than a minute", () => {
  expect(findLogLag(at, nothing, nothing)).toEqual({ state: "kept-up" });
  expect(findLogLag(at, ago(60), ago(60))).toEqual({ state: "kept-up" });
});

it("names the process that has stopped, and since when", () => {
  const { since } = ago(61);
  expect(findLogLag(at, nothing, ago(61))).toEqual({ state: "not-signed", since });
  expect(findLogLag(at, ago(61), nothing)).toEqual({ state: "not-placed", since });
});

it("looks first for what gives places: without those nothing can be signed", () => {
  expect(findLogLag(at, ago(61), ago(900)).state).toBe("not-placed");
});
