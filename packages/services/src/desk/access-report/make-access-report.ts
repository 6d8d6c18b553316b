// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import { z } from "zod";
import { findRegulators } from "@ringfence/core/desk/evidence-pack";
import {
  type AccessReport,
  CallGround,
  MakeAccessReport,
  type ReportHead,
  personRights,
  reportSectionNames,
} from "@ringfence/core/desk/access-report";
import { findWhereabouts, listWithParents } from "@ringfence/core/people/jurisdiction";
import type { Locale } from "@ringfence/core/platform/message";
import { Phone, lookUpPlan, toDigits } from "@ringfence/core/people/phone";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import {
  type RootContext,
  type TransactionContext,
  appendAudit,
  inTransaction,
  query,
} from "../../platform/internal.ts";
import { readLogPolicy } from "../../proof/ledger/internal.ts";
import { loadTermsInForce } from "../retention/internal.ts";
import { MAX_ACCESSES, readContactRecords } from "./contact-records.ts";
import { MAX_ROWS, readPhoneRecords } from "./phone-records.ts";
import { printAccessReport } from "./print-report.ts";
import { readRecipients } from "./recipients.ts";
import { type ReportedPerson, loadReportedPerson } from "./reported-person.ts";

/** People with thousands of records ask rarely, and a report that breaks off is worse than one that takes long. */
const TIMEOUT_MS = 60_000;

/** A report as a file: its name, its media type and its bytes. */
export type MadeReport = { name: string; type: string; content: Uint8Array };

/**
 * Makes a report of everything that is on record about a contact (GDPR art. 15; 152-FZ art. 14), as JSON or PDF. It has
 * no records of other people: members are named by role, and the records of a number that another contact shares, or
 * from before a number was reassigned, are left out. Notes are told as they were written. The report is not stored. The
 * audit row has its SHA-256.
 */
export const makeAccessReport = query({
  name: "makeAccessReport",
  action: "access-report.make",
  stepUp: true,
  forAllSellers: true,
  input: MakeAccessReport.extend({
    /** The folder `fonts` of this package, which a bundled app must locate itself. */
    fontFolder: z.string(),
  }),
  transaction: "by run",
  run: async (ctx, { contactId, format, locale, tellsHolds, fontFolder }): Promise<MadeReport> => {
    return withReport(ctx, { contactId, locale, tellsHolds }, async (ctx, report) => {
      const content =
        format === "pdf"
          ? await printAccessReport(report, fontFolder)
          : new TextEncoder().encode(JSON.stringify(report, null, 2));
      const sha256 = createHash("sha256").update(content).digest("hex");
      await appendAudit(ctx, "access-report.make", {
        contactId,
        format,
        sha256,
        tellsHolds,
        exported: true,
      });
      const day = ctx.now.toISOString().slice(0, 10);
      return {
        name: `access-report-${contactId.slice(-12)}-${day}.${format}`,
        type: format === "pdf" ? "application/pdf" : "application/json",
        content,
      };
    });
  },
  // In the transaction, with the SHA-256.
  audit: "by run",
});

type ReportSettings = Pick<MakeAccessReport, "contactId" | "locale" | "tellsHolds">;

/**
 * Opens a transaction, composes a report in it, and gives both to `use`, which must write the audit row. Throws
 * `not-found` if there is no such contact, or it was erased.
 */
export async function withReport<Result>(
  ctx: RootContext,
  settings: ReportSettings,
  use: (ctx: TransactionContext, report: AccessReport) => Promise<Result>,
): Promise<Result> {
  const policy = await readLogPolicy(ctx.db);
  return inTransaction(
    ctx,
    async (ctx) => use(ctx, await composeReport(ctx, { ...settings, policy })),
    { timeoutMs: TIMEOUT_MS },
  );
}

/** Reads everything that a report says. */
async function composeReport(
  ctx: TransactionContext,
  { contactId, locale, tellsHolds, policy }: ReportSettings & { policy: string },
): Promise<AccessReport> {
  const { zone } = await ctx.db.organization.findUniqueOrThrow({
    where: { id: ctx.organizationId },
    select: { zone: true },
  });
  const person = await loadReportedPerson(ctx, contactId, { locale, zone });
  const contactRecords = await readContactRecords(ctx, person, { tellsHolds });
  const records = {
    ...(await readPhoneRecords(ctx, person, policy)),
    ...contactRecords,
    recipients: await readRecipients(ctx, person),
  };
  return {
    ...(await readHead(ctx, { locale, zone })),
    authorities: await findAuthorities(ctx, person),
    shortened: reportSectionNames.filter(
      (section) => records[section].length >= (section === "accesses" ? MAX_ACCESSES : MAX_ROWS),
    ),
    hasSharedPhone: person.phones.some(({ isShared }) => isShared),
    hasReassignedPhone: person.ownPhones.some(({ ownedSince }) => ownedSince !== null),
    leavesOutHolds: !tellsHolds,
    records,
  };
}

type OwnHead = Omit<
  ReportHead,
  "authorities" | "shortened" | "hasSharedPhone" | "hasReassignedPhone" | "leavesOutHolds"
>;

/** Reads what a report says of the organization: who is responsible, purposes, grounds, and retention periods. */
async function readHead(
  ctx: TransactionContext,
  { locale, zone }: { locale: Locale; zone: string },
): Promise<OwnHead> {
  const { db, organizationId, now } = ctx;
  const { name } = await db.organization.findUniqueOrThrow({ where: { id: organizationId } });
  const details = await db.processingDetails.findUnique({ where: { organizationId } });
  const sellers = await db.seller.findMany({
    where: { organizationId },
    select: { name: true, consentPolicy: true },
    orderBy: { name: "asc" },
  });
  const terms = await loadTermsInForce(ctx);
  const models = await db.relevanceModel.count({ where: { organizationId } });
  const segments = await db.segment.count({ where: { organizationId, archivedAt: null } });
  return {
    format: "ringfence/access-report@v1",
    createdAt: now,
    language: locale,
    zone,
    controller: {
      name: details?.controller ?? name,
      contact: details?.contact ?? null,
      protectionOfficer: details?.protectionOfficer ?? null,
    },
    purposes: (await loadPurposes(ctx)).map(({ key, name, kind }) => ({ key, name, kind })),
    grounds: {
      calls: sellers.map(({ name: seller, consentPolicy }) => ({
        seller,
        ground: CallGround.parse(consentPolicy),
      })),
      own: details?.grounds ?? null,
    },
    decisions: [
      "screening",
      ...(segments > 0 ? (["segments"] as const) : []),
      ...(models > 0 ? (["relevance"] as const) : []),
    ],
    transfers: details?.transfers ?? null,
    retention:
      terms?.map(({ kind, days, place, rule }) => ({ kind, days, place: place || null, rule })) ??
      null,
    rights: [...personRights],
  };
}

/** Finds the authorities that take complaints about calls where the person may be, by their own numbers and address. */
async function findAuthorities(
  ctx: TransactionContext,
  { contact, phones, locale }: ReportedPerson,
) {
  const { book } = await loadLaw(ctx);
  const homes = [{ zone: contact.zone, region: contact.addressRegion }];
  const numbers = phones.map(({ phone }) => (phone === null ? 0 : toDigits(Phone.parse(phone))));
  const places = (numbers.length === 0 ? [0] : numbers).flatMap((number) =>
    listWithParents(book, findWhereabouts(book, lookUpPlan(number), homes).jurisdictions),
  );
  return findRegulators(places).map(({ authority, law }) => ({ name: authority[locale], law }));
}
