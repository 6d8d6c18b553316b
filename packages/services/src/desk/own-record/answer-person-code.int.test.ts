import { expect, it } from "vitest";
import { aCode } from "../../../testing/person-codes.ts";
import { anOrganization } from "@ringfence/db/testing";
import { db } from "../../../testing/scenes.ts";
import { answerPersonCode } from "./answer-person-code.ts";
import { openOwnRecord } from "./open-own-record.ts";

it("opens by the code of the message, once, for half an hour", async () => {
  const { visitor, id, code, phoneId } = await aCode();
  const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
  const link = await answerPersonCode(visitor, { id, code: spaced });
  const opened = await openOwnRecord(visitor, link ?? "");
  expect(opened?.ctx.actor).toEqual({ type: "person", phoneId });
  expect(await answerPersonCode(visitor, { id, code })).toBeNull();

  const past = new Date(Date.now() - 31 * 60_000);
  await db.prisma.personCode.updateMany({ where: { id }, data: { openedAt: past } });
  expect(await openOwnRecord(visitor, link ?? "")).toBeNull();
  expect(await openOwnRecord(visitor, "made-up")).toBeNull();
});

it("lets nobody guess, also at once", async () => {
  const { visitor, id, code } = await aCode();
  const wrong = code === "000000" ? "000001" : "000000";
  const guess = () => answerPersonCode(visitor, { id, code: wrong });
  expect(await Promise.all([1, 2, 3, 4, 5].map(guess))).toEqual([null, null, null, null, null]);
  expect(await answerPersonCode(visitor, { id, code })).toBeNull();
});

it("takes no code that is ten minutes old", async () => {
  const { visitor, id, code } = await aCode();
  const past = new Date(Date.now() - 11 * 60_000);
  await db.prisma.personCode.updateMany({ where: { id }, data: { createdAt: past } });
  expect(await answerPersonCode(visitor, { id, code })).toBeNull();
});

it("keeps no code", async () => {
  const { id, code } = await aCode();
  const row = await db.prisma.personCode.findFirst({ where: { id } });
  const { id: _id, organizationId, phoneId, ...kept } = row ?? {};
  expect(organizationId && phoneId).toBeTruthy();
  expect(JSON.stringify(kept)).not.toContain(code);
});

it("opens nothing in another organization, and answers no member", async () => {
  const { visitor, office, id, code } = await aCode();
  const other = { ...visitor, organizationId: await anOrganization(db) };
  expect(await answerPersonCode(other, { id, code })).toBeNull();
  await expect(answerPersonCode(office, { id, code })).rejects.toMatchObject({ code: "forbidden" });
});
