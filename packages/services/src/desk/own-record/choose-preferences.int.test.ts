import type { CallPreferences } from "@ringfence/core/do-not-call/call-preference";
import { anyCalls } from "@ringfence/core/do-not-call/call-preference";
import { Weekday } from "@ringfence/core/platform/time";
import { expect, it } from "vitest";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { aCode } from "../../../testing/person-codes.ts";
import { as, db } from "../../../testing/scenes.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { readNumber } from "../number/read-number.ts";
import { chooseCallPreferences } from "./choose-preferences.ts";
import { confirmPersonCode, openOwnRecord } from "./person-code.ts";
import { readOwnRecord } from "./read-own-record.ts";

async function scene() {
  const made = await aCode();
  const { office, phone, phoneId } = made;
  const person = { ...office, actor: { type: "person", phoneId, code: "sms" } as const };
  const handed = { ...office, actor: { type: "person", phoneId } as const };
  const screen = (more: { dialer?: "predictive" | "prerecorded"; at?: Date } = {}) =>
    screenCall(office, { phone, purpose: "marketing", ...more });
  const listReasons = async (...more: Parameters<typeof screen>) =>
    (await screen(...more)).refusals.map(({ reason }) => reason);
  return { ...made, person, handed, screen, listReasons };
}

const refusing = (...refusedDialers: CallPreferences["refusedDialers"]): CallPreferences => ({
  ...anyCalls,
  refusedDialers,
});

/** Hours on a day of the week that is neither today nor next to it, wherever the person is. */
function hoursFarFromNow(): CallPreferences {
  const day = Weekday.options[(new Date().getUTCDay() + 6 + 3) % 7] ?? "MO";
  return { hours: { days: [day], from: "10:00", to: "24:00" }, refusedDialers: [] };
}

it("refuses calls at other times and in other ways, and shows it to the person and to agents", async () => {
  const { person, office, phoneId, screen, listReasons } = await scene();
  expect(await listReasons({ dialer: "predictive" })).not.toContain("dialer-refused");

  const { id } = await chooseCallPreferences(person, {
    ...hoursFarFromNow(),
    refusedDialers: ["predictive"],
  });

  const { refusals } = await screen();
  expect(refusals.map(({ reason }) => reason)).toContain("quiet-hours");
  expect(refusals.map(({ reason }) => reason)).not.toContain("dialer-refused");
  expect(await listReasons({ dialer: "predictive" })).toContain("dialer-refused");
  expect((await readOwnRecord(person, {})).preferences).toMatchObject([{ id }]);
  const seen = await readNumber(as(office, "agent"), { phoneId, limit: 10 });
  expect(seen.preferences).toMatchObject([{ id, refusedDialers: ["predictive"] }]);
  const where = { organizationId: office.organizationId, action: "own-record.choose" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { actor: { type: "person" }, phoneId, details: { callPreferenceId: id, isProven: true } },
  ]);
});

it("is taken back by the person, and judges no call before it was chosen", async () => {
  const { person, listReasons } = await scene();
  const before = new Date(Date.now() - 60_000);
  await chooseCallPreferences(person, refusing("predictive"));
  expect(await listReasons({ dialer: "predictive", at: before })).not.toContain("dialer-refused");
  expect(await listReasons({ dialer: "predictive" })).toContain("dialer-refused");

  await chooseCallPreferences(person, anyCalls);
  expect(await listReasons({ dialer: "predictive" })).not.toContain("dialer-refused");
});

it("takes nothing back for a session without a code to the phone, and only adds", async () => {
  const { person, handed, listReasons } = await scene();
  await chooseCallPreferences(person, refusing("predictive"));

  await chooseCallPreferences(handed, anyCalls);
  await chooseCallPreferences(handed, refusing("prerecorded"));

  expect(await listReasons({ dialer: "predictive" })).toContain("dialer-refused");
  expect(await listReasons({ dialer: "prerecorded" })).toContain("dialer-refused");
  await chooseCallPreferences(person, refusing("predictive"));
  expect(await listReasons({ dialer: "prerecorded" })).not.toContain("dialer-refused");
});

it("is not ended by a row that somebody else wrote into the database", async () => {
  const { office, person, phoneId, listReasons } = await scene();
  await chooseCallPreferences(person, refusing("predictive"));
  const row = await db.prisma.callPreference.findFirstOrThrow({ where: { phoneId } });
  const { organizationId } = office;
  const forged = {
    organizationId,
    phoneId,
    at: new Date(),
    days: row.days,
    opensAt: "00:00",
    closesAt: "24:00",
    refusedDialers: [],
    actor: {},
  };
  await db.prisma.callPreference.createMany({ data: [forged, { ...forged, mac: row.mac }] });
  expect(await listReasons({ dialer: "predictive" })).toContain("dialer-refused");
  await expect(db.prisma.callPreference.deleteMany({ where: { phoneId } })).rejects.toThrow(
    /append-only/,
  );
});

it("is not ended by a code whose row was changed to name this phone", async () => {
  const { office, person, visitor, phoneId, listReasons } = await scene();
  await chooseCallPreferences(person, refusing("predictive"));
  const { id, code } = await aCode({ office });
  const link = await confirmPersonCode(visitor, { id, code });
  const where = { id };
  await expect(db.prisma.personCode.updateMany({ where, data: { phoneId } })).rejects.toThrow(
    /never replaced/,
  );
  const row = await db.prisma.personCode.findFirstOrThrow({ where });
  await db.prisma.personCode.deleteMany({ where });
  await db.prisma.personCode.create({ data: { ...row, phoneId } });

  const opened = await openOwnRecord(visitor, link ?? "");
  if (opened) await chooseCallPreferences(opened.ctx, anyCalls);

  expect(opened).toBeNull();
  expect(await listReasons({ dialer: "predictive" })).toContain("dialer-refused");
  await db.prisma.personCode.updateMany({ where, data: { openedAt: null } });
  expect(await confirmPersonCode(visitor, { id, code })).toBeNull();
});

it.each([
  ["no list of days", "NULL", "'{}'"],
  ["nested days", "'{{MO},{TU}}'", "'{}'"],
  ["no list of dialers", "'{MO}'", "NULL"],
  ["nested dialers", "'{MO}'", "'{{predictive}}'"],
])("is not recorded with %s", async (_, days, dialers) => {
  const { person, phoneId } = await scene();
  await chooseCallPreferences(person, anyCalls);
  const insert = db.pool.query(
    `INSERT INTO call_preference (organization_id, id, phone_id, at, days, opens_at, closes_at, refused_dialers, actor)
     SELECT organization_id, uuid7(), phone_id, at, ${days}, opens_at, closes_at, ${dialers}, actor
     FROM call_preference WHERE phone_id = $1`,
    [phoneId],
  );
  await expect(insert).rejects.toThrow(/violates/);
});

it("counts from when it no longer waited, so that of two at once the one that came last counts", async () => {
  const { person, phoneId } = await scene();
  const client = await db.pool.connect();
  let releasedAt = new Date(0);
  try {
    await client.query("BEGIN");
    await client.query("SELECT FROM phone WHERE id = $1 FOR UPDATE", [phoneId]);
    const choosing = chooseCallPreferences(person, refusing("predictive"));
    await waitForLockWaiter();
    const { rows } = await client.query("SELECT clock_timestamp() AS at");
    releasedAt = rows[0].at;
    await client.query("COMMIT");
    await choosing;
  } finally {
    client.release();
  }
  const { at } = await db.prisma.callPreference.findFirstOrThrow({ where: { phoneId } });
  expect(at.getTime()).toBeGreaterThanOrEqual(releasedAt.getTime());
});

it("counts for all phones of the person, and not for strangers", async () => {
  const { office, person, phoneId } = await scene();
  const { organizationId } = office;
  const other = await db.prisma.phone.create({ data: { organizationId, e164: "+12015550177" } });
  const now = new Date();
  const contact = await db.prisma.contact.create({
    data: { organizationId, createdAt: now, updatedAt: now },
  });
  const screenOther = async () =>
    (
      await screenCall(office, {
        phone: "+12015550177",
        purpose: "marketing",
        dialer: "predictive",
      })
    ).refusals.map(({ reason }) => reason);
  await chooseCallPreferences(person, refusing("predictive"));
  expect(await screenOther()).not.toContain("dialer-refused");
  await db.prisma.contactPhone.createMany({
    data: [phoneId, other.id].map((id) => ({ organizationId, contactId: contact.id, phoneId: id })),
  });
  expect(await screenOther()).toContain("dialer-refused");
});

it("takes twenty choices a day, and one that is in force already is none", async () => {
  const { person, handed } = await scene();
  const from = (minute: number) => `00:${String(minute).padStart(2, "0")}`;
  const starting = (minute: number) => ({
    ...anyCalls,
    hours: { ...anyCalls.hours, from: from(minute) },
  });
  // Twenty preferences with a code issued by a member do not use up the person's own twenty.
  for (const by of [handed, person]) {
    for (let minute = 1; minute <= 20; minute++) await chooseCallPreferences(by, starting(minute));
  }
  await chooseCallPreferences(person, starting(20));
  await expect(chooseCallPreferences(person, anyCalls)).rejects.toMatchObject({
    explanation: { key: "call-preference.too-many" },
  });
});

it("proves a preference that so far was only chosen with a code issued by a member", async () => {
  const { person, handed } = await scene();
  const unproven = await chooseCallPreferences(handed, refusing("predictive"));
  const { id } = await chooseCallPreferences(person, refusing("predictive"));
  expect(id).not.toBe(unproven.id);
  expect(await chooseCallPreferences(person, refusing("predictive"))).toEqual({ id });
});

it("is for the person of the phone alone", async () => {
  const { office } = await scene();
  await expect(chooseCallPreferences(as(office, "officer"), anyCalls)).rejects.toMatchObject({
    code: "forbidden",
  });
});
