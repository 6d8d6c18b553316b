import { z } from "zod";
import { ContactId } from "../../platform/ids.ts";
import { Locale } from "../../platform/message/index.ts";
import { type ReportRows, type ReportSection, reportSectionNames, rowsSchema } from "./sections.ts";

/** Asks for a report of everything that is on record about a contact (GDPR art. 15; 152-FZ art. 14). */
export const MakeAccessReport = z.strictObject({
  contactId: ContactId,
  format: z.enum(["json", "pdf"]),
  /** Language of the report, which is the person's. */
  locale: Locale,
  /** True if the report says that a legal hold keeps the data. The law may let the organization keep that to itself. */
  tellsHolds: z.boolean().default(false),
});
export type MakeAccessReport = z.infer<typeof MakeAccessReport>;

/** Asks for what a person provided themselves, in a file that programs read (GDPR art. 20). */
export const MakePortableCopy = z.strictObject({ contactId: ContactId, locale: Locale });
export type MakePortableCopy = z.infer<typeof MakePortableCopy>;

/** The legal ground of a seller's calls, by its consent policy. */
export const CallGround = z.enum(["opt_in", "opt_out_with_registry"]);

/** Retention period of one kind of record, by the retention policy. */
const Term = z.strictObject({
  kind: z.string(),
  /** Null: for good. */
  days: z.int().nullable(),
  /** Country for whose people it holds; null for everywhere. */
  place: z.string().nullable(),
  rule: z.string().nullable(),
});

const Right = z.strictObject({ right: z.string(), citation: z.string() });

/** Everything in a report but the records: its date, the organization, purposes, grounds, retention and rights. */
export const ReportHead = z.strictObject({
  format: z.literal("ringfence/access-report@v1"),
  createdAt: z.date(),
  language: Locale,
  /** IANA zone of the printed times. Those in the file are UTC. */
  zone: z.string(),
  /** The organization. What it has not filled in is null. */
  controller: z.strictObject({
    name: z.string(),
    contact: z.string().nullable(),
    protectionOfficer: z.string().nullable(),
  }),
  purposes: z.array(z.strictObject({ key: z.string(), name: z.string(), kind: z.string() })),
  /** On what each seller's calls rest, and the organization's own words on legal grounds. */
  grounds: z.strictObject({
    calls: z.array(z.strictObject({ seller: z.string(), ground: CallGround })),
    own: z.string().nullable(),
  }),
  /** Decisions that programs make about people: about calls, audiences, and the relevance of an offer. */
  decisions: z.array(z.enum(["screening", "segments", "relevance"])),
  /** Null: it is not filled in. */
  transfers: z.string().nullable(),
  /** Null if no policy is in force: then records are kept for good. */
  retention: z.array(Term).nullable(),
  rights: z.array(Right),
  authorities: z.array(z.strictObject({ name: z.string(), law: z.string() })),
  /** Sections that reached the maximum number of rows that a report shows: earlier rows may be missing. */
  shortened: z.array(z.string()),
  /** True if the person has a number that other people have too. What is recorded of it is left out. */
  hasSharedPhone: z.boolean(),
  /** True if a number of the person was reassigned. What was recorded of it until then is left out. */
  hasReassignedPhone: z.boolean(),
  /** True if the report says nothing of legal holds, whether there are any or not. */
  leavesOutHolds: z.boolean(),
});
export type ReportHead = z.infer<typeof ReportHead>;

/** A report before it is written: `createdAt` and the instants of its rows are dates. */
export type AccessReport = ReportHead & { records: ReportRows };

/** The report as a file (docs/contract.md). */
export const AccessReportFile = ReportHead.extend({
  createdAt: z.iso.datetime(),
  records: z.strictObject(
    Object.fromEntries(reportSectionNames.map((section) => [section, rowsSchema(section)])),
  ),
});

/** Rights that a report names, with the articles of the GDPR and of 152-FZ. */
export const personRights: readonly z.infer<typeof Right>[] = [
  { right: "access", citation: "GDPR art. 15; 152-FZ art. 14(1)" },
  { right: "rectification", citation: "GDPR art. 16; 152-FZ art. 14(1), 21(2)" },
  { right: "erasure", citation: "GDPR art. 17; 152-FZ art. 14(1), 21" },
  { right: "restriction", citation: "GDPR art. 18; 152-FZ art. 21(1)" },
  { right: "portability", citation: "GDPR art. 20" },
  { right: "objection", citation: "GDPR art. 21(2); 152-FZ art. 15(2)" },
  { right: "human-review", citation: "GDPR art. 22; 152-FZ art. 16" },
  { right: "withdrawal", citation: "GDPR art. 7(3); 152-FZ art. 9(2)" },
  { right: "complaint", citation: "GDPR art. 77; 152-FZ art. 17" },
];

/** A copy of the fields that `isProvided` marks: the person provided them, or they were observed about the person. */
export type PortableCopy = {
  format: "ringfence/portable-copy@v1";
  organization: string;
  createdAt: Date;
  /** Sections that reached the maximum number of rows, as in the report: earlier rows may be missing. */
  shortened: readonly string[];
  records: Partial<Record<ReportSection, readonly Readonly<Record<string, unknown>>[]>>;
};
