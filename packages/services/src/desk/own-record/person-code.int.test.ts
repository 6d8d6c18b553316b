import { aNumber, anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCode } from "../../../testing/person-codes.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import {
  confirmPersonCode,
  requestPersonCode,
  openOwnRecord,
  revivePersonCodes,
  sendPersonCode,
} from "./person-code.ts";
import { aMessageSender } from "../../../testing/confirmations.ts";
import { queuedJob } from "../../../testing/queued-job.ts";

const countCodes = (organizationId: string) =>
  db.prisma.personCode.count({ where: { organizationId } });

it("answers the same for an unknown number, and sends nothing to it", async () => {
  const { visitor, messages, phone } = await aCode();
  expect(messages).toMatchObject([
    { to: phone, text: expect.stringMatching(/^Test: your code is/) },
  ]);
  const asked = await requestPersonCode(visitor, { phone: aNumber(), locale: "en" });
  expect(asked).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/) });
  expect(await countCodes(visitor.organizationId)).toBe(1);
});

it("sends no fourth code in a day, even concurrently", async () => {
  const { visitor, phone } = await aCode();
  const ask = () => requestPersonCode(visitor, { phone, locale: "ru" });
  await Promise.all([1, 2, 3, 4].map(ask));
  expect(await countCodes(visitor.organizationId)).toBe(3);
  const past = new Date(Date.now() - 86_400_001);
  const { organizationId } = visitor;
  await db.prisma.personCode.updateMany({ where: { organizationId }, data: { createdAt: past } });
  await ask();
  expect(await countCodes(visitor.organizationId)).toBe(1);
});

it("explains why a text is not a number", async () => {
  const { visitor } = await aCode();
  const { fault } = await requestPersonCode(visitor, { phone: "12", locale: "en" });
  expect(fault).toMatchObject({ key: expect.any(String) });
});

it("asks the phone of no other organization, and is not for members", async () => {
  const { phone, office } = await aCode();
  const elsewhere = await aContext({ type: "visitor", page: "my" }); // another organization
  await requestPersonCode(elsewhere, { phone, locale: "en" });
  expect(await countCodes(elsewhere.organizationId)).toBe(0);
  await expect(requestPersonCode(office, { phone, locale: "en" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("opens by the code of the message, once, for half an hour", async () => {
  const { visitor, id, code, phoneId } = await aCode();
  const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
  const link = await confirmPersonCode(visitor, { id, code: spaced });
  const opened = await openOwnRecord(visitor, link ?? "");
  expect(opened?.ctx.actor).toEqual({ type: "person", phoneId, code: "sms" });
  expect(await confirmPersonCode(visitor, { id, code })).toBeNull();

  const past = new Date(Date.now() - 31 * 60_000);
  await db.prisma.personCode.updateMany({ where: { id }, data: { openedAt: past } });
  expect(await openOwnRecord(visitor, link ?? "")).toBeNull();
  expect(await openOwnRecord(visitor, "made-up")).toBeNull();
});

it("limits guesses, even concurrent ones", async () => {
  const { visitor, id, code } = await aCode();
  const wrong = code === "000000" ? "000001" : "000000";
  const guess = () => confirmPersonCode(visitor, { id, code: wrong });
  expect(await Promise.all([1, 2, 3, 4, 5].map(guess))).toEqual([null, null, null, null, null]);
  expect(await confirmPersonCode(visitor, { id, code })).toBeNull();
});

it("takes no code that is ten minutes old", async () => {
  const { visitor, id, code } = await aCode();
  const past = new Date(Date.now() - 11 * 60_000);
  await db.prisma.personCode.updateMany({ where: { id }, data: { createdAt: past } });
  expect(await confirmPersonCode(visitor, { id, code })).toBeNull();
});

it("does not store the code", async () => {
  const { id, code } = await aCode();
  const row = await db.prisma.personCode.findFirst({ where: { id } });
  const { id: _id, organizationId, phoneId, ...kept } = row ?? {};
  expect(organizationId && phoneId).toBeTruthy();
  expect(JSON.stringify(kept)).not.toContain(code);
});

it("opens nothing in another organization, and answers no member", async () => {
  const { visitor, office, id, code } = await aCode();
  const other = { ...visitor, organizationId: await anOrganization(db) };
  expect(await confirmPersonCode(other, { id, code })).toBeNull();
  await expect(confirmPersonCode(office, { id, code })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("sends a code once, and again where it was not taken", async () => {
  const { job, id, messageSender, messages } = await aCode();
  await sendPersonCode({ ...job, messageSender }, id);
  expect(messages).toHaveLength(1);
  await db.prisma.personCode.updateMany({ where: { id }, data: { sentAt: null } });
  const lost = { sms: () => Promise.reject(new Error("no route")) };
  await expect(sendPersonCode({ ...job, messageSender: lost }, id)).rejects.toThrow("no route");
  await sendPersonCode({ ...job, messageSender }, id);
  expect(messages).toHaveLength(2);
});

it("sends none that can no longer be typed, nor one of another organization", async () => {
  const { job, id } = await aCode();
  const past = new Date(Date.now() - 11 * 60_000);
  await db.prisma.personCode.updateMany({ where: { id }, data: { sentAt: null, createdAt: past } });
  const { messageSender, messages } = aMessageSender();
  await sendPersonCode({ ...job, messageSender }, id);
  await db.prisma.personCode.updateMany({ where: { id }, data: { createdAt: new Date() } });
  await sendPersonCode({ ...job, organizationId: await anOrganization(db), messageSender }, id);
  expect(messages).toEqual([]);
});

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

/** A code that should have gone out a minute ago, with its job. */
async function scene() {
  const { id } = await aCode();
  const change = (data: object) => db.prisma.personCode.updateMany({ where: { id }, data });
  await change({ sentAt: null, createdAt: ago(60) });
  return { change, ...queuedJob(id) };
}

it("queues again, once, a job that a killed worker holds or that was lost", async () => {
  const { jobs, setJob, loseJob } = await scene();
  await setJob("locked_at = now() - interval '1 minute', attempts = 1");
  await revivePersonCodes(db);
  expect(await jobs()).toEqual([{ attempts: 0, locked_at: null }]);
  await loseJob();
  await revivePersonCodes(db);
  await revivePersonCodes(db);
  expect(await jobs()).toHaveLength(1);
});

it("leaves a job that a worker has in hand", async () => {
  const { jobs, setJob } = await scene();
  await setJob("locked_at = now(), attempts = 1");
  const before = await jobs();
  await revivePersonCodes(db);
  expect(await jobs()).toEqual(before);
});

it.each([
  ["was sent", { sentAt: ago(0) }],
  ["can no longer be typed", { createdAt: ago(601) }],
  ["was asked for a moment ago", { createdAt: ago(0) }],
])("queues nothing that %s", async (_, data) => {
  const { change, jobs, loseJob } = await scene();
  await loseJob();
  await change(data);
  await revivePersonCodes(db);
  expect(await jobs()).toEqual([]);
});
