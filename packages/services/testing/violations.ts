import type { PhoneId, SellerId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { ListViolations } from "@ringfence/core/calling/violation";
import type { RootContext } from "../src/platform/context.ts";
import { recordCalls } from "../src/calling/call/record.ts";
import { judgeCalls } from "../src/calling/violation/scan.ts";
import { listViolations } from "../src/calling/violation/list.ts";
import { aCallablePhone } from "./phones.ts";
import { aContext, db } from "./scenes.ts";

/** A weekday at noon in Washington, when everybody may be called, after the consents of tests. */
export const noon = new Date("2026-03-03T17:00:00Z");
export const minutesAfter = (minutes: number, at = noon) =>
  new Date(at.getTime() + minutes * 60_000);

/** A person who agreed, in New York's zone, so that hours do not depend on when tests run. */
export async function aCalledPerson(ctx?: RootContext, where: { phone?: Phone } = {}) {
  const own = ctx ?? (await aContext());
  const person = await aCallablePhone(own, where);
  await db.prisma.contact.updateMany({
    where: { organizationId: own.organizationId, id: person.contactId },
    data: { zone: "America/New_York" },
  });
  return { ctx: own, ...person };
}

type CalledPhone = { phoneId: PhoneId; sellerId: SellerId };

/** A screening that allowed calls to a phone for a minute, or that refused them. */
export const allowed = (
  ctx: RootContext,
  phone: CalledPhone,
  at: Date = noon,
  verdict: "allow" | "refuse" = "allow",
) =>
  addScreening(ctx, phone, {
    at,
    verdict,
    permitUntil: verdict === "allow" ? minutesAfter(1, at) : null,
  });

/** A screening that verified the permit of another one and allowed the call. It gives no permit. */
export const verified = (ctx: RootContext, phone: CalledPhone, permitId: string, at: Date) =>
  addScreening(ctx, phone, { at, verdict: "allow", permitUntil: null, permitId });

async function addScreening(
  { organizationId }: RootContext,
  { phoneId, sellerId }: CalledPhone,
  screening: {
    at: Date;
    verdict: "allow" | "refuse";
    permitUntil: Date | null;
    permitId?: string;
  },
) {
  const { id } = await db.prisma.screening.create({
    data: {
      organizationId,
      phoneId,
      sellerId,
      purpose: "marketing",
      dialer: "live_agent",
      refusals: [],
      warnings: [],
      checked: {},
      actor: {},
      ...screening,
    },
  });
  return id;
}

let serial = 0;

/** Records calls to a phone as a log reports them: one at noon unless others are given. */
export async function called(ctx: RootContext, phone: Phone, ...calls: (Date | object)[]) {
  const rows = (calls.length > 0 ? calls : [noon]).map((call) => ({
    externalId: `call-${serial++}`,
    phone,
    purpose: "marketing",
    at: noon,
    ...(call instanceof Date ? { at: call } : call),
  }));
  const asLogged = rows.map(({ at, ...row }) => ({ ...row, at: new Date(at).toISOString() }));
  const answer = await recordCalls(ctx, { rows: asLogged });
  if (answer.rejected > 0) throw new Error(JSON.stringify(answer.rows));
}

/** The worker that scans. */
export const scanner = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "violation.scan" },
});

/** Judges all that waits, and answers the violations that are open, the gravest first. */
export async function scan(ctx: RootContext) {
  while ((await judgeCalls(scanner(ctx), {})) > 0);
  const { items } = await listViolations(ctx, ListViolations.parse({}));
  return items;
}

export const toCauses = (violations: Awaited<ReturnType<typeof scan>>) =>
  violations.map(({ causes }) => causes.map(({ cause }) => cause));
