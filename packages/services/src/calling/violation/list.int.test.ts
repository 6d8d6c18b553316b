import { ListViolations } from "@ringfence/core/calling/violation";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { refuseCalls } from "../../../testing/phones.ts";
import {
  aCalledPerson,
  allowed,
  called,
  minutesAfter,
  noon,
  scan,
} from "../../../testing/violations.ts";
import { assignViolation, closeViolation, noteViolation } from "./settle.ts";
import { listViolations, readViolation } from "./list.ts";
import { MemberId } from "@ringfence/core/ids";

const list = (ctx: Parameters<typeof listViolations>[0], asked: object = {}) =>
  listViolations(ctx, ListViolations.parse(asked));

/** Creates two minor violations and a grave one. */
async function threeViolations() {
  const { ctx, phone, phoneId } = await aCalledPerson();
  await called(ctx, phone, noon, minutesAfter(10), minutesAfter(20));
  await refuseCalls(ctx, phoneId, minutesAfter(15));
  return { ctx, phone, all: await scan(ctx) };
}

it("lists violations page by page, the gravest first, each once", async () => {
  const { ctx, all } = await threeViolations();
  expect(all.map(({ severity }) => severity)).toEqual(["grave", "minor", "minor"]);

  const first = await list(ctx, { limit: 2 });
  const rest = await list(ctx, { limit: 2, after: first.next });
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect([first.count, rest.next]).toEqual([3, null]);
});

it("filters by severity, cause and status", async () => {
  const { ctx, all } = await threeViolations();
  const [grave] = all;
  if (!grave) throw new Error("none was found");
  expect((await list(ctx, { severity: "minor" })).count).toBe(2);
  expect((await list(ctx, { cause: "opted-out" })).items.map(({ id }) => id)).toEqual([grave.id]);

  await closeViolation(ctx, { violationId: grave.id, reason: "mended", text: "Agent trained" });
  expect((await list(ctx)).count).toBe(2);
  expect((await list(ctx, { status: "closed" })).items).toMatchObject([{ id: grave.id }]);
});

it("shows nothing of another organization", async () => {
  await threeViolations();
  expect(await list(await aContext())).toEqual({ items: [], count: 0, next: null });
});

it("refuses agents", async () => {
  await expect(list(as(await aContext(), "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

async function aViolation() {
  const { ctx, phone, phoneId } = await aCalledPerson();
  await called(ctx, phone);
  const [found] = await scan(ctx);
  if (!found) throw new Error("none was found");
  return { ctx, phone, phoneId, violationId: found.id };
}

const aMember = async (organizationId: string, role: "officer" | "agent") => {
  const { id } = await db.prisma.member.create({
    data: {
      organizationId,
      role,
      name: `An ${role}`,
      email: `${role}@x.example`,
      passwordHash: "",
    },
  });
  return MemberId.parse(id);
};

it("shows the causes, the owner, and every step in order", async () => {
  const { ctx, phone, violationId } = await aViolation();
  const ownerId = await aMember(ctx.organizationId, "officer");
  await assignViolation(ctx, { violationId, ownerId });
  await noteViolation(ctx, { violationId, text: "Asked the call center" });
  await closeViolation(ctx, { violationId, reason: "mended", text: "They use the gate now" });

  const read = await readViolation(ctx, violationId);
  expect(read).toMatchObject({
    call: { phone },
    owner: { id: ownerId, name: "An officer" },
    owners: [{ id: ownerId }],
    steps: [
      { kind: "assigned", owner: "An officer" },
      { kind: "noted", text: "Asked the call center" },
      { kind: "closed", reason: "mended", text: "They use the gate now" },
    ],
  });
  expect(read.closedAt).not.toBeNull();
  expect(read.isOverdue).toBe(false);
});

/** A call at noon after a screening, named by its log or not, as its violation shows it. */
async function screenedCall(screenedAt: Date, isNamed = false) {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who, minutesAfter(-23 * 60));
  const id = await allowed(ctx, who, screenedAt, "refuse");
  await called(ctx, phone, { at: noon, ...(isNamed && { screening: id }) });
  const [found] = await scan(ctx);
  if (found === undefined) throw new Error("none was found");
  const { screening } = await readViolation(ctx, found.id);
  return { screening, id };
}

it("names the call's screening: the one in its log, or else the phone's last one in the day before", async () => {
  const named = await screenedCall(minutesAfter(-2 * 24 * 60), true);
  expect(named.screening).toEqual({ id: named.id, isNamed: true });
  const last = await screenedCall(minutesAfter(-1));
  expect(last.screening).toEqual({ id: last.id, isNamed: false });
  const after = await screenedCall(minutesAfter(1));
  expect(after.screening).toMatchObject({ isNamed: false });
  expect(after.screening?.id).not.toBe(after.id);
});

it("names no screening if there was none in the day before", async () => {
  const { ctx, violationId } = await aViolation();
  expect((await readViolation(ctx, violationId)).screening).toBeNull();
});

it("audits whose number was looked at", async () => {
  const { ctx, phoneId, violationId } = await aViolation();
  await readViolation(as(ctx, "auditor"), violationId);
  const where = { organizationId: ctx.organizationId, action: "violation.read", phoneId };
  expect(await db.prisma.auditEntry.count({ where })).toBe(1);
});

it("does not find one of another organization", async () => {
  const { violationId } = await aViolation();
  await expect(readViolation(await aContext(), violationId)).rejects.toMatchObject({
    code: "not-found",
  });
});
