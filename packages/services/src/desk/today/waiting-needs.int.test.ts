import { expect, it } from "vitest";
import { aWrongRefusal } from "../../../testing/corrections.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listNeeds } from "./list-needs.ts";

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

it("lists messages and complaints that wait, and requests of other officers", async () => {
  const { ctx, other, propose, asked } = await aWrongRefusal();
  const { organizationId } = ctx;
  const { id: phoneId } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId } });
  const [older, newer] = [daysAgo(2), daysAgo(1)];
  for (const receivedAt of [newer, older]) {
    const said = { organizationId, phoneId, text: "Enough.", receivedAt };
    await db.prisma.complaint.create({ data: said });
    await db.prisma.refusalQuestion.create({ data: { ...said, channel: "sms", actor: {} } });
  }
  const settled = { text: "Done.", receivedAt: daysAgo(3), settledAt: newer };
  await db.prisma.complaint.create({ data: { organizationId, phoneId, ...settled } });
  await propose();

  expect(await listNeeds(other)).toMatchObject([
    { kind: "questions-open", when: "now", count: 2, oldest: older },
    { kind: "complaints-open", when: "today", count: 2, oldest: older },
    { kind: "corrections-open", when: "today", count: 1 },
  ]);
  expect((await listNeeds(ctx)).map(({ kind }) => kind)).not.toContain("corrections-open"); // nobody accepts their own
  await asked(60);
  const waits = { kind: "corrections-open", when: "today" };
  expect(await listNeeds(other)).toContainEqual(expect.objectContaining({ ...waits, count: 61 }));
  expect(await listNeeds(ctx)).toContainEqual(expect.objectContaining({ ...waits, count: 60 }));
  expect(await listNeeds(as(ctx, "agent"))).toEqual([]);
  expect(await listNeeds(await aContext())).toEqual([]); // another organization
});
