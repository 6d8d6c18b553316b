import { describe, expect, it } from "vitest";
import { asteriskColumns, readLoggedCall } from "./call-log.ts";

const moscow = { zone: "Europe/Moscow", purpose: "marketing" } as const;
const asterisk = { shape: "asterisk-cdr", ...moscow } as const;
const vicidial = { shape: "vicidial", ...moscow } as const;

/** A row of `Master.csv` as `cdr_csv.c` writes it, with the unique id and the user field. */
const line =
  'spring,1001,84951234567,from-internal,"Ann" <1001>,PJSIP/1001-0000002a,PJSIP/carrier-0000002b,' +
  "Dial,PJSIP/84951234567@carrier,2026-03-02 15:04:05,2026-03-02 15:04:12,2026-03-02 15:05:12," +
  "67,60,ANSWERED,DOCUMENTATION,1772453045.84,note";
const cdr = (more: object = {}) => ({
  ...Object.fromEntries(line.split(",").map((cell, index) => [asteriskColumns[index], cell])),
  ...more,
});
const readRow = (sent: unknown, log: Parameters<typeof readLoggedCall>[1]) => {
  const read = readLoggedCall(sent, log);
  return read === null || read.fault ? read : read.row;
};

describe("Asterisk", () => {
  it("reads who was called, when, for how long, and how the call ended", () => {
    expect(readRow(cdr(), { ...asterisk, seller: "acme", campaign: "spring" })).toEqual({
      externalId: expect.stringMatching(/^asterisk 1772453045\.84\/[0-9a-f]{4}$/),
      phone: "84951234567",
      purpose: "marketing",
      seller: "acme",
      campaign: "spring",
      at: "2026-03-02T12:04:05.000Z",
      seconds: 60,
      outcome: "reached",
    });
  });

  it.each([
    ["NO ANSWER", "no_answer"],
    ["BUSY", "busy"],
    ["FAILED", "failed"],
    ["CONGESTION", "failed"],
    ["UNKNOWN", "UNKNOWN"],
  ])("calls %s %s", (disposition, outcome) => {
    expect(readRow(cdr({ disposition }), asterisk)).toMatchObject({ outcome });
  });

  it("keeps only outbound calls if their contexts are given", () => {
    const log = { ...asterisk, context: "from-internal, dialer" };
    expect(readRow(cdr(), log)).toMatchObject({ phone: "84951234567" });
    expect(readRow(cdr({ dcontext: "from-trunk" }), log)).toBeNull();
  });

  it("drops the prefix dialed before the number", () => {
    const log = { ...asterisk, prefix: "9" };
    expect(readRow(cdr({ dst: "984951234567" }), log)).toMatchObject({ phone: "84951234567" });
    expect(readRow(cdr(), log)).toMatchObject({ phone: "84951234567" });
  });

  it("does not mistake a user field for the id", () => {
    const { uniqueid: _, ...without } = cdr();
    const [first, again, other] = [
      cdr({ uniqueid: "note" }),
      without,
      { ...without, channel: "PJSIP/1001-0000002c" },
    ].map((row) => readRow(row, asterisk));
    expect(first).toEqual(again);
    expect(first).toMatchObject({ externalId: expect.stringMatching(/^asterisk [0-9a-f]{32}$/) });
    expect(other).not.toEqual(first);
  });

  it("distinguishes a call from the one it was transferred to", () => {
    const [one, other] = ["84951234567", "84951234568"].map((dst) =>
      readRow(cdr({ dst }), asterisk),
    );
    expect(Object(one).externalId).not.toBe(Object(other).externalId);
  });

  it.each([
    ["2026-03-02T15:04:05Z", "/start"],
    ["2026-02-30 15:04:05", "/start"],
    ["1772453045", "/start"],
  ])("says what is no time: %s", (start, path) => {
    expect(readLoggedCall(cdr({ start }), asterisk)).toMatchObject({
      fault: { path, message: { key: "call.time-unreadable", values: { value: start } } },
    });
  });

  it("reports what is not a row", () => {
    expect(readLoggedCall(null, asterisk)).toMatchObject({ fault: { path: "" } });
    expect(readLoggedCall({}, asterisk)).toMatchObject({ fault: { path: "/dst" } });
  });
});

describe("VICIdial", () => {
  const exported = {
    call_date: "2026-03-02 10:15:00",
    phone_number_dialed: "2125550123",
    status: "NI",
    user: "6666",
    campaign_id: "TESTCAMP",
    phone_code: "1",
    phone_number: "2125550199",
    length_in_sec: "42",
    lead_id: "1234",
  };

  it("reads the dialed number, and its status as the outcome", () => {
    const log = { ...vicidial, zone: "America/New_York", dialer: "predictive" } as const;
    expect(readRow(exported, log)).toEqual({
      externalId: "vicidial 1234 2026-03-02 10:15:00",
      phone: "+12125550123",
      purpose: "marketing",
      dialer: "predictive",
      at: "2026-03-02T15:15:00.000Z",
      outcome: "NI",
      seconds: 42,
      campaign: "TESTCAMP",
    });
  });

  it.each([{ lead_id: "" }, { lead_id: undefined }])("reads the id of a call of %j", (lead) => {
    const withId = { ...exported, ...lead, uniqueid: "1772464500.1234" };
    expect(readRow(withId, vicidial)).toMatchObject({ externalId: "vicidial 1772464500.1234" });
    const without = readRow({ ...withId, uniqueid: "" }, vicidial);
    expect(without).not.toHaveProperty("fault");
    expect(without).toHaveProperty("externalId", undefined);
  });

  it("reads the same call from the table and from the report", () => {
    const row = { ...exported, phone_number_dialed: "", uniqueid: "1772464500.1234" };
    expect(readRow({ ...row, length_in_sec: "-1" }, vicidial)).toMatchObject({
      externalId: "vicidial 1234 2026-03-02 10:15:00",
      phone: "+12125550199",
      seconds: 0,
    });
  });

  it.each([{ campaign_id: "" }, { campaign_id: undefined }])(
    "takes the campaign of the settings for a row with %j",
    (campaign) => {
      const log = { ...vicidial, campaign: "spring" };
      expect(readRow({ ...exported, ...campaign }, log)).toMatchObject({ campaign: "spring" });
    },
  );

  it("counts an empty cell as missing", () => {
    expect(readRow({ ...exported, status: "", length_in_sec: "" }, vicidial)).toMatchObject({
      outcome: undefined,
      seconds: undefined,
    });
  });

  it("reads a time that the clocks of the zone skip as the time after the gap", () => {
    const log = { ...vicidial, zone: "America/New_York" };
    expect(readRow({ ...exported, call_date: "2026-03-08 02:30:00" }, log)).toMatchObject({
      at: "2026-03-08T07:30:00.000Z",
    });
  });

  it("reads a number without a country code in the region", () => {
    const { phone_code: _, ...row } = exported;
    expect(readRow(row, { ...vicidial, region: "US" })).toMatchObject({
      phone: "2125550123",
      region: "US",
    });
  });

  it("does not add the country code twice", () => {
    const row = { ...exported, phone_code: "7", phone_number_dialed: "74951234567" };
    expect(readRow(row, vicidial)).toMatchObject({ phone: "+74951234567" });
  });

  it("reports what is missing", () => {
    expect(readLoggedCall({ call_date: "2026-03-02 10:15:00" }, vicidial)).toMatchObject({
      fault: { path: "/phone_number_dialed", message: { key: "fault.missing" } },
    });
    expect(readLoggedCall({ phone_number: "2125550123" }, vicidial)).toMatchObject({
      fault: { path: "/call_date", message: { key: "fault.missing" } },
    });
  });
});
