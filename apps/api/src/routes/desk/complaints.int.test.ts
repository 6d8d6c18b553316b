import { db } from "@ringfence/services/testing";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer } from "../../../testing/listening.ts";

const { url } = await aListeningServer();
const complaints = `${url}/v1/complaints`;
const text = "They called at six in the morning.";

it("records a complaint and its opt-out once per external id", async () => {
  const { ctx, authorization } = await aKey("complaints:write");
  const body = { phone: aNumber(), text, externalId: "crm-7", refusesCalls: true };
  const first = await ask(complaints, authorization, body);
  expect(first).toMatchObject({
    status: 201,
    answer: { receivedAt: expect.any(String), dueAt: expect.any(String) },
  });
  expect(first.answer.optOut).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  expect((await ask(complaints, authorization, body)).answer).toEqual(first.answer);
  const { organizationId } = ctx;
  expect(await db.prisma.complaint.findMany({ where: { organizationId } })).toMatchObject([
    { text, source: "api", recordedBy: { type: "key" } },
  ]);
  expect(await db.prisma.optOut.count({ where: { organizationId } })).toBe(1);
});

it("accepts the day or the time of the call", async () => {
  const { ctx, authorization } = await aKey("complaints:write");
  for (const called of [{ day: "2026-03-01" }, { at: "2026-03-01T09:00:00Z" }]) {
    const { status } = await ask(complaints, authorization, { phone: aNumber(), text, called });
    expect(status).toBe(201);
  }
  const { organizationId } = ctx;
  expect(
    await db.prisma.complaint.findMany({ where: { organizationId }, orderBy: { id: "asc" } }),
  ).toMatchObject([
    { saidOn: new Date("2026-03-01"), saidAt: null },
    { saidOn: null, saidAt: new Date("2026-03-01T09:00:00Z") },
  ]);
});

it("records the opt-out even if the number is unreadable or too many complaints are open", async () => {
  const { ctx, authorization } = await aKey("complaints:write");
  const said = { text, refusesCalls: true };
  const unreadable = await ask(complaints, authorization, { ...said, phone: "my phone" });
  expect([unreadable.status, unreadable.answer.errors[0].path]).toEqual([422, "/phone"]);
  expect(unreadable.answer.detail).toContain("An officer will find out whose opt-out it is.");
  const { organizationId } = ctx;
  expect(await db.prisma.misreadOptOut.count({ where: { organizationId } })).toBe(1);

  const wrong = { ...said, phone: aNumber(), seller: "nobody" };
  const { status, answer } = await ask(complaints, authorization, wrong);
  expect([status, answer.errors[0].path]).toEqual([422, "/seller"]);
  const { reference } = await db.prisma.optOut.findFirstOrThrow({ where: { organizationId } });
  expect(answer.detail).toContain(`The opt-out in it is recorded and in force: ${reference}.`);

  const phone = aNumber();
  for (let count = 0; count < 10; count++) await ask(complaints, authorization, { phone, text });
  const full = await ask(complaints, authorization, { ...said, phone });
  expect([full.status, full.answer.code]).toEqual([409, "conflict"]);
  expect(await db.prisma.optOut.count({ where: { organizationId } })).toBe(2);
});

it("names missing fields, and requires the scope", async () => {
  const { authorization } = await aKey("complaints:write");
  const { status, answer } = await ask(complaints, authorization, { phone: aNumber() });
  expect([status, answer.errors[0].path]).toEqual([400, "/text"]);
  const other = await aKey("contacts:write");
  const refused = await ask(complaints, other.authorization, { phone: aNumber(), text });
  expect([refused.status, refused.answer.code]).toEqual([403, "scope-missing"]);
});
