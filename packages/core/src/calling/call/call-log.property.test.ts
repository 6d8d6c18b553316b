import fc from "fast-check";
import { expect, it } from "vitest";
import { CallLog, asteriskColumns, readLoggedCall } from "./call-log.ts";

const shape = fc.constantFrom(...CallLog.shape.shape.options);
const zone = fc.constantFrom("UTC", "Asia/Kathmandu", "America/St_Johns", "Europe/Moscow");
const digit = fc.integer({ min: 0, max: 9 }).map(String);
const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: digit, minLength, maxLength });

const columns = asteriskColumns.concat(
  "call_date phone_number_dialed phone_number phone_code status lead_id campaign_id".split(" "),
  "length_in_sec",
);

it("reads any row, or reports what is wrong with it", () => {
  const cells = fc.oneof(fc.string(), fc.constant("2026-03-02 15:04:05"), digits(0, 12));
  const row = fc.dictionary(fc.constantFrom(...columns), cells);
  fc.assert(
    fc.property(fc.oneof(row, fc.jsonValue()), shape, zone, (sent, shape, zone) => {
      const read = readLoggedCall(sent, { shape, zone, purpose: "marketing" });
      expect(read === null || "row" in read || "fault" in read).toBe(true);
    }),
  );
});

/** Whole seconds; at these no clock of these zones is set back. */
const instant = fc
  .integer({ min: Date.UTC(2026, 5, 1) / 1000, max: Date.UTC(2026, 8, 1) / 1000 })
  .map((seconds) => new Date(seconds * 1000));

const formatLocalTime = (at: Date, timeZone: string) =>
  at.toLocaleString("sv-SE", { timeZone, hourCycle: "h23" });

it("finds the instant that a clock in the zone shows", () => {
  fc.assert(
    fc.property(instant, zone, digits(11, 11), (at, zone, number) => {
      const start = formatLocalTime(at, zone);
      const [asterisk, vicidial] = (["asterisk-cdr", "vicidial"] as const).map((shape) =>
        readLoggedCall(
          { dst: number, start, phone_number: number, call_date: start },
          { shape, zone, purpose: "marketing" },
        ),
      );
      expect(asterisk).toMatchObject({ row: { at: at.toISOString(), phone: number } });
      expect(vicidial).toMatchObject({ row: { at: at.toISOString(), phone: number } });
    }),
  );
});

it("gives a row a stable id that reveals no number", () => {
  fc.assert(
    fc.property(instant, digits(11, 11), fc.integer({ min: 1, max: 9_999 }), (at, dst, call) => {
      const uniqueid = `${at.getTime() / 1000}.${call}`;
      const name = () => {
        const cdr = { dst, uniqueid, start: formatLocalTime(at, "UTC") };
        const read = readLoggedCall(cdr, {
          shape: "asterisk-cdr",
          zone: "UTC",
          purpose: "marketing",
        });
        return read !== null && "row" in read ? String(Object(read.row).externalId) : "";
      };
      expect(name()).toBe(name());
      expect(name()).toContain(uniqueid);
      expect(name()).not.toContain(dst);
    }),
  );
});
