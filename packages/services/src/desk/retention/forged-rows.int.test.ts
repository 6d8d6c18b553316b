import { RetentionKind, retentionKinds } from "@ringfence/core/desk/retention";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aRetentionOffice } from "../../../testing/retention.ts";
import { placeHold, proposeLift } from "../legal-hold/index.ts";

const reason = "It was injected.";
const longAgo = new Date("2020-01-01T00:00:00Z");

/** A policy and a proposal to lift a hold, both open, and each row that a forger would write. */
async function aForger() {
  const office = await aRetentionOffice();
  const { ctx, propose } = office;
  const { organizationId } = ctx;
  const { prisma } = ctx.db;
  const { id: policyId } = await propose({ calls: 400 });
  const { id: holdId } = await placeHold(ctx, { on: { scope: "everything" }, reason });
  const { id: liftId } = await proposeLift(ctx, { holdId, reason });
  const forge = {
    retentionPolicy: (by: string) =>
      prisma.retentionPolicy.create({
        data: { organizationId, reason, proposedBy: by, proposedAt: longAgo },
      }),
    retentionAnswer: (by: string) =>
      prisma.retentionAnswer.create({
        data: {
          organizationId,
          policyId,
          isPublished: true,
          reason,
          answeredBy: by,
          answeredAt: longAgo,
        },
      }),
    legalHold: (by: string) =>
      prisma.legalHold.create({
        data: { organizationId, scope: "everything", placedBy: by, placedAt: longAgo },
      }),
    legalHoldLift: (by: string) =>
      prisma.legalHoldLift.create({
        data: { organizationId, holdId, proposedBy: by, proposedAt: longAgo },
      }),
    legalHoldLiftAnswer: (by: string) =>
      prisma.legalHoldLiftAnswer.create({
        data: { organizationId, liftId, isAccepted: true, answeredBy: by, answeredAt: longAgo },
      }),
  };
  return { ...office, policyId, forge };
}

it("takes no term shorter than the least of its kind, also by raw SQL", async () => {
  const { ctx, policyId } = await aForger();
  const { organizationId } = ctx;
  for (const kind of RetentionKind.options) {
    const { minDays } = retentionKinds[kind];
    const { rows } = await ctx.db.pool.query("SELECT least_retention_days($1) AS days", [kind]);
    expect({ kind, days: rows[0].days }).toEqual({ kind, days: minDays });
    const insert = (days: number) =>
      ctx.db.prisma.retentionTerm.create({
        data: { organizationId, policyId, kind, place: "NZ", prefix: "+64", days },
      });
    await expect(insert(minDays - 1)).rejects.toThrow("retention_term");
    await insert(minDays);
  }
});

it("takes the time of a proposal, an answer and a hold from the database's clock", async () => {
  const { other, forge } = await aForger();
  const { actor } = other;
  const by = actor.type === "member" ? actor.id : "";
  const before = Date.now() - 60_000;
  for (const write of Object.values(forge)) {
    const times = Object.values(await write(by)).filter((value) => value instanceof Date);
    expect(times).toHaveLength(1);
    expect(times[0]?.getTime()).toBeGreaterThan(before);
  }
});

it.each([
  { whose: "a member who is no officer", role: "agent", isStranger: false, end: {} },
  { whose: "a removed officer", role: "officer", isStranger: false, end: { removedAt: longAgo } },
  {
    whose: "an officer whose access ended",
    role: "officer",
    isStranger: false,
    end: { accessEndedAt: longAgo },
  },
  { whose: "another organization's officer", role: "officer", isStranger: true, end: {} },
] as const)("refuses rows in the name of $whose", async ({ role, isStranger, end }) => {
  const office = await aForger();
  const { ctx } = office;
  const organizationId = isStranger ? await anOrganization(ctx.db) : ctx.organizationId;
  const { memberId: id } = await aMember({ role, of: { ctx: { ...ctx, organizationId } } });
  await ctx.db.prisma.member.updateMany({ where: { id }, data: end });
  for (const write of Object.values(office.forge))
    await expect(write(id)).rejects.toThrow("is an owner or officer of the organization");
});
