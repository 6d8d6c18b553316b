import { MemberId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCalledPerson, aComplaint, complain, file } from "../../../testing/complaints.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { decideComplaint } from "./decide-complaint.ts";
import { assignComplaint } from "./handle-complaint.ts";
import { listComplaints } from "./list-complaints.ts";

const list = (ctx: RootContext, filters: object = {}) => listComplaints.receive(ctx, filters);
const texts = async (ctx: RootContext, filters: object = {}) =>
  (await list(ctx, filters)).items.map(({ text }) => text);

it("lists open complaints, those due first, and decided ones, the latest first", async () => {
  const { office, person, phone } = await aCalledPerson();
  const first = await complain(person, { text: "First" });
  const regulator = { authority: "ICO", answerBy: "2090-01-01" };
  await file(office, { phone, text: "Last", source: "regulator", regulator });
  const second = await file(office, { phone, text: "Second" });
  expect(await texts(office)).toEqual(["First", "Second", "Last"]);
  for (const complaintId of [first, second]) {
    await decideComplaint(office, { complaintId, decision: "upheld", text: "Sorry." });
  }
  expect(await texts(office, { isDecided: true })).toEqual(["Second", "First"]);
  expect((await list(office)).items).toMatchObject([{ phone, regulator: "ICO", calls: 0 }]);
});

it("narrows the list by source, urgency and assignee", async () => {
  const { officer, another, person, complaintId } = await aComplaint({ text: "Mine" });
  const { organizationId } = officer;
  const overdue = await complain(person, { text: "Overdue" });
  await db.prisma.complaint.updateMany({
    where: { organizationId, id: overdue },
    data: { dueAt: new Date("2026-01-01T00:00:00Z") },
  });
  await file(officer, { phone: aNumber(), text: "By letter", source: "mail" });
  const assigneeId = MemberId.parse(officer.actor.id);
  await assignComplaint(officer, { complaintId, assigneeId });
  expect(await texts(officer, { source: "mail" })).toEqual(["By letter"]);
  expect(await texts(officer, { isUrgent: true })).toEqual(["Overdue"]);
  expect((await list(officer, { isUrgent: true })).items).toMatchObject([{ isOverdue: true }]);
  expect(await texts(officer, { isMine: true })).toEqual(["Mine"]);
  expect(await texts(another, { isMine: true })).toEqual([]);
});

it("continues from a cursor, without a gap and without a repeat", async () => {
  const ctx = await aContext();
  for (let count = 0; count < 51; count++) await file(ctx, { phone: aNumber(), source: "mail" });
  const { items, next } = await list(ctx);
  expect(items).toHaveLength(50);
  const rest = await list(ctx, { after: next });
  expect(rest).toMatchObject({ next: null });
  expect(new Set([...items, ...rest.items].map(({ id }) => id)).size).toBe(51);
});
