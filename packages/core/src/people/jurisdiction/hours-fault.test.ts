import { expect, it } from "vitest";
import { at, day, hour, told, zone } from "../../../testing/hours-scene.ts";
import { hoursFault } from "./hours-fault.ts";

it("says whose clock showed what, and by which law", () => {
  expect(hoursFault(at("2026-11-25T21:00"))).toEqual({
    reason: hour,
    zone,
    localDate: "2026-11-25",
    localTime: "21:00",
    rule: "US-TX.hours",
    citation: "Tex. Bus. & Com. Code 301.051",
  });
  expect(hoursFault(at("2026-11-29T09:00", { jurisdictions: ["DE"] }))).not.toHaveProperty(
    "citation",
  );
});

it("needs every zone open, and tells of the day before the hour", () => {
  const zones = ["America/Chicago", "America/New_York"];
  expect(told(at("2026-11-25T19:59", { zones }))).toBe("allow");
  expect(hoursFault(at("2026-11-25T20:00", { zones }))).toMatchObject({
    zone: "America/New_York",
    localTime: "21:00",
  });
  const far = { jurisdictions: ["US-LA"], zones: ["America/Chicago", "Pacific/Auckland"] };
  expect(hoursFault(at("2026-11-28T07:00", far))).toMatchObject({
    reason: day,
    zone: "Pacific/Auckland",
    localDate: "2026-11-29",
  });
});

it("judges hours that the law counts in one zone by that zone's clock", () => {
  const abroad = { jurisdictions: ["IN"], zones: ["Asia/Dubai"] };
  expect(told(at("2026-11-25T08:30", abroad))).toBe("allow");
  expect(hoursFault(at("2026-11-25T20:00", abroad))).toMatchObject({
    zone: "Asia/Kolkata",
    localTime: "21:30",
  });
});

it("begins a law on its day, in each zone", () => {
  const oregon = { jurisdictions: ["US-OR"], zones: ["America/Los_Angeles"] };
  expect(told(at("2025-12-31T20:30", oregon))).toBe("allow");
  expect(told(at("2026-01-01T20:30", oregon))).toBe(`US-OR.hours ${hour}`);
});
