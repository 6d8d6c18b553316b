// oxlint-disable-next-line house/no-ambient-input
import { randomUUID } from "node:crypto";
import { ScreeningId } from "@ringfence/core/ids";
import { type RetentionKind, retentionKinds } from "@ringfence/core/desk/retention";
import { aFolder, asOwner } from "@ringfence/db/testing";
import type { FileContext } from "../src/platform/context.ts";
import { openFiles } from "../src/platform/files/index.ts";
import { recordCalls } from "../src/calling/call/record.ts";
import { screenCall } from "../src/calling/screening/screen-call.ts";
import { recordConsent } from "../src/consents/consent/record.ts";
import { commitScreenings } from "../src/proof/ledger/commit-screenings.ts";
import { aConsent } from "./scenes.ts";
import { answerRetention, proposeRetention, removeExpired } from "../src/desk/retention/index.ts";
import { aLedgerOffice } from "./certificates.ts";

const anOfficer = () =>
  ({ type: "member", id: randomUUID(), role: "officer", sellerIds: [], isProven: true }) as const;

type Days = Partial<Record<RetentionKind, number>>;
const reason = "Our data protection officer asked for it.";

/** Terms of kinds, everywhere. */
export const toTerms = (days: Days) =>
  Object.entries(days).map(([kind, days]) => ({
    kind: kind as RetentionKind,
    place: "",
    days,
  }));

/** The shortest terms that a policy may have. */
export const shortestTerms = (): Days =>
  Object.fromEntries(Object.entries(retentionKinds).map(([kind, { minDays }]) => [kind, minDays]));

/** Two officers of an organization in a database of its own, and its sweep. */
export async function aRetentionOffice() {
  const office = await aLedgerOffice();
  const ctx: FileContext = { ...office.ctx, files: openFiles(aFolder()), actor: anOfficer() };
  const other: FileContext = { ...ctx, actor: anOfficer() };
  const propose = (days: Days) => proposeRetention(ctx, { terms: toTerms(days), reason });
  const answer = (policyId: Awaited<ReturnType<typeof propose>>["id"], isPublished = true) =>
    answerRetention(other, { policyId, isPublished, reason });
  const publishPolicy = async (days: Days) => {
    const { id } = await propose(days);
    await answer(id);
    return id;
  };
  const sweep = (more: Partial<FileContext> = {}) =>
    removeExpired({ ...ctx, actor: { type: "job", name: "retention.remove" }, ...more }, {});
  /** Makes rows older: shifts columns of time back, which only the owner of the tables may. */
  const age = (table: string, columns: readonly string[], days: number, where = "true") =>
    asOwner(ctx.db, async (owner) => {
      const shifted = columns.map((name) => `${name} = ${name} - interval '${days} days'`);
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await owner.query(`UPDATE ${table} SET ${shifted.join(", ")} WHERE ${where}`);
      await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    });
  return { ...office, ctx, other, propose, answer, publishPolicy, sweep, age };
}

export type Office = Awaited<ReturnType<typeof aRetentionOffice>>;

/** Numbers of countries without a term for calls, and of the United States, which has one of five years. */
export const british = "+447400123456";
export const american = "+12025550143";

/** Screens and calls a number, and commits to the screening. */
export async function aCall({ ctx }: Office, phone: string) {
  await recordConsent(ctx, aConsent({ phone }));
  const { id: screening } = await screenCall(ctx, { phone, purpose: "marketing" });
  const call = { phone, purpose: "marketing", at: new Date().toISOString(), outcome: "answered" };
  await recordCalls(ctx, { rows: [{ ...call, externalId: screening, screening }] });
  // Empties the queue, as if the worker had judged the call.
  await ctx.db.prisma.callQueue.deleteMany();
  await ctx.db.prisma.callsAgain.deleteMany();
  await commitScreenings(ctx);
  return ScreeningId.parse(screening);
}

/** Moves calls and screenings some days into the past. */
export async function ageCalls({ age }: Office, days: number, where = "true") {
  await age("call", ["at", "recorded_at"], days, where);
  await age("screening", ["at"], days, where);
}

export const countRows = async ({ ctx }: Office, table: string) => {
  const { rows } = await ctx.db.pool.query(
    `SELECT count(*)::int AS count FROM ${table} WHERE organization_id = $1`,
    [ctx.organizationId],
  );
  return rows[0].count;
};
