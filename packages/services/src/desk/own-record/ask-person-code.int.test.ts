import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCode } from "../../../testing/person-codes.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { askPersonCode } from "./ask-person-code.ts";

const countOf = (organizationId: string) =>
  db.prisma.personCode.count({ where: { organizationId } });

it("says the same of a number that nobody knows, and sends nothing there", async () => {
  const { visitor, messages, phone } = await aCode();
  expect(messages).toMatchObject([
    { to: phone, text: expect.stringMatching(/^Test: your code is/) },
  ]);
  const asked = await askPersonCode(visitor, { phone: aNumber(), locale: "en" });
  expect(asked).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/) });
  expect(await countOf(visitor.organizationId)).toBe(1);
});

it("pesters nobody: a fourth code of a day is not sent, also at once", async () => {
  const { visitor, phone } = await aCode();
  const ask = () => askPersonCode(visitor, { phone, locale: "ru" });
  await Promise.all([1, 2, 3, 4].map(ask));
  expect(await countOf(visitor.organizationId)).toBe(3);
  const past = new Date(Date.now() - 86_400_001);
  const { organizationId } = visitor;
  await db.prisma.personCode.updateMany({ where: { organizationId }, data: { createdAt: past } });
  await ask();
  expect(await countOf(visitor.organizationId)).toBe(1);
});

it("says what is wrong with what is no number", async () => {
  const { visitor } = await aCode();
  const { fault } = await askPersonCode(visitor, { phone: "12", locale: "en" });
  expect(fault).toMatchObject({ key: expect.any(String) });
});

it("asks the phone of no other organization, and is not for members", async () => {
  const { phone, office } = await aCode();
  const elsewhere = await aContext({ type: "visitor", page: "my" }); // another organization
  await askPersonCode(elsewhere, { phone, locale: "en" });
  expect(await countOf(elsewhere.organizationId)).toBe(0);
  await expect(askPersonCode(office, { phone, locale: "en" })).rejects.toMatchObject({
    code: "forbidden",
  });
});
