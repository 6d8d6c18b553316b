import { expect, it } from "vitest";
import { aWrongRefusal } from "../../../testing/corrections.ts";
import { aCalledPerson, complain } from "../../../testing/complaints.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listNeeds } from "./list-needs.ts";

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

it("lists messages that wait, and requests of other officers", async () => {
  const { ctx, other, propose, asked } = await aWrongRefusal();
  const { organizationId } = ctx;
  const { id: phoneId } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId } });
  const [older, newer] = [daysAgo(2), daysAgo(1)];
  for (const receivedAt of [newer, older]) {
    const said = { organizationId, phoneId, text: "Enough.", receivedAt };
    await db.prisma.refusalQuestion.create({ data: { ...said, channel: "sms", actor: {} } });
  }
  await propose();

  expect(await listNeeds(other)).toMatchObject([
    { kind: "questions-open", when: "now", count: 2, oldest: older },
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

it("counts open complaints, urgent once one is overdue or due within three days", async () => {
  const { office, person } = await aCalledPerson();
  const { organizationId } = office;
  const [first, second] = [await complain(person), await complain(person)];
  const setDue = (id: string, days: number) =>
    db.prisma.complaint.updateMany({
      where: { organizationId, id },
      data: { dueAt: daysAgo(-days) },
    });
  const list = async () =>
    (await listNeeds(office)).filter(({ kind }) => kind === "complaints-open");
  expect(await list()).toMatchObject([{ when: "today", count: 2, overdue: 0, near: 0 }]);
  await setDue(first, 2);
  expect(await list()).toMatchObject([{ when: "now", count: 2, overdue: 0, near: 1 }]);
  await setDue(second, -1);
  expect(await list()).toMatchObject([{ when: "now", count: 2, overdue: 1, near: 1 }]);
  expect(await listNeeds(as(office, "agent"))).toEqual([]);
});
