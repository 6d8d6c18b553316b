import canonicalize from "canonicalize";
import { KeptParts } from "@ringfence/core/people/jurisdiction";
import { kindMessage, readInstant } from "@ringfence/core/proof/ledger";
import { packPaths } from "@ringfence/core/proof/pack";
import { toJwkSet } from "@ringfence/core/platform/public-key";
import type { RegulatorItem, Regulator } from "@ringfence/core/desk/evidence-pack";
import { type Locale, say } from "@ringfence/core/platform/message";
import { z } from "zod";
import type { TransactionContext } from "../../platform/internal.ts";
import { loadRuleSetText } from "../../people/jurisdiction/internal.ts";
import { loadPolicyTexts } from "../../calling/policy/internal.ts";
import { certifyStatement } from "../../proof/certificate/internal.ts";
import {
  findEntry,
  findPlainEntries,
  loadProof,
  loadScreeningRecords,
} from "../../proof/ledger/internal.ts";
import type { StatementOnRecord } from "../../proof/statement/internal.ts";
import { type PackRecords, toCauseMessages } from "./collect-records.ts";
import type { PackEvidence } from "./evidence-files.ts";

/*
 * Writes the text files of a pack. `packPaths` says which are below `past`: those hold nothing of the day on which the
 * pack is made, so they are the same to the byte in each pack of the same calls. A law, policy or text that is no longer
 * stored is left out, and whoever checks the pack is told so (`checkPack`).
 */

/** Text files of a pack, by their path in it. */
export type TextFiles = Map<string, string>;

/** Writes all files of data, with the keys by which they are checked. */
export async function writeDataFiles(
  ctx: TransactionContext,
  records: PackRecords,
  logPolicy: string,
): Promise<TextFiles> {
  const files: TextFiles = new Map([
    [packPaths.policy, logPolicy],
    [packPaths.keys, writeJson(toJwkSet(ctx.keys.statementKeys))],
  ]);
  writeCalls(files, records);
  await writeScreenings(ctx, files, records);
  await writeLaw(ctx, files, records);
  await writeOwnRules(ctx, files, records);
  await writeEditions(ctx, files, records);
  await writeStatements(ctx, files, records, logPolicy);
  return files;
}

const writeJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Writes a value in its one canonical form (RFC 8785), so that the same value always gives the same bytes. */
function writeCanonical(value: object): string {
  const text = canonicalize(JSON.parse(JSON.stringify(value)));
  if (text === undefined) throw new Error("a record cannot be written as JSON");
  return text;
}

function writeCalls(files: TextFiles, { calls }: PackRecords) {
  for (const call of calls) {
    files.set(packPaths.call(call.id), writeCanonical({ s: "ringfence/call@v1", ...call }));
  }
}

/**
 * Writes the record of each screening as the log commits to it, its proof, and an explanation: reasons with their rules
 * and citations of that day, and the age of each registry. A record that the log has not committed to yet has no proof.
 */
async function writeScreenings(
  ctx: TransactionContext,
  files: TextFiles,
  { screenings }: PackRecords,
) {
  const ids = screenings.map(({ id }) => id);
  const records = await loadScreeningRecords(ctx.db, ctx.organizationId, ids);
  for (const [index, screening] of screenings.entries()) {
    const { id } = screening;
    files.set(packPaths.screening(id), records[index] ?? "");
    files.set(packPaths.explanation(id), writeJson(screening));
    if ((await findEntry(ctx, id)) !== null) writeProof(files, id, await loadProof(ctx, id));
  }
}

/** Writes a proof as the API gives it, and its parts as Debian's `spicy-litetlog -verify` reads them. */
function writeProof(files: TextFiles, id: string, proof: Awaited<ReturnType<typeof loadProof>>) {
  files.set(packPaths.proof(id), writeJson(proof));
  if (proof.spicy === undefined) return;
  files.set(packPaths.leaf(id), proof.leaf);
  files.set(`${packPaths.leaf(id)}.spicy`, proof.spicy);
}

/** Writes the rule sets by which the calls were judged, each with those that it rests on. */
async function writeLaw(ctx: TransactionContext, files: TextFiles, { screenings }: PackRecords) {
  const hashes = new Set(screenings.flatMap(({ checked }) => checked.rules ?? []));
  // The loop also visits what is added to the set meanwhile.
  for (const hash of hashes) {
    const text = await loadRuleSetText(ctx, hash);
    if (text === null) continue;
    files.set(packPaths.law(hash), text);
    const base = KeptParts.safeParse(JSON.parse(text)).data?.base ?? null;
    if (base !== null) hashes.add(base);
  }
}

/** Writes the organization's own policies that judged the calls beside the law. */
async function writeOwnRules(
  ctx: TransactionContext,
  files: TextFiles,
  { screenings }: PackRecords,
) {
  const hashes = [...new Set(screenings.flatMap(({ checked }) => checked.policies))];
  for (const { hash, document } of await loadPolicyTexts(ctx, hashes)) {
    files.set(packPaths.ownRules(hash), document);
  }
}

/** Writes the statement about each registry edition that a screening used, with its proof. */
async function writeEditions(
  ctx: TransactionContext,
  files: TextFiles,
  { screenings }: PackRecords,
) {
  const used = screenings.flatMap(({ editions }) =>
    editions.flatMap(({ registryId, edition: number }) =>
      registryId === null ? [] : [{ registryId, number }],
    ),
  );
  if (used.length === 0) return;
  const rows = await ctx.db.registryEdition.findMany({
    where: { organizationId: ctx.organizationId, OR: used },
    select: { id: true },
  });
  const ids = rows.map(({ id }) => id);
  for (const { entryId } of await findPlainEntries(ctx, "registry.edition", ids)) {
    const proof = await loadProof(ctx, entryId);
    files.set(packPaths.statement(entryId), proof.statement);
    writeProof(files, entryId, proof);
  }
}

const NamedDisclosure = z.object({ id: z.uuid(), version: z.int() });

/**
 * Writes the statements about the numbers with their proofs, the texts that the person was shown, and a certificate for
 * each consent and opt-out.
 */
async function writeStatements(
  ctx: TransactionContext,
  files: TextFiles,
  { statements }: PackRecords,
  logPolicy: string,
) {
  for (const { entryId, statement, claims } of statements) {
    files.set(packPaths.statement(entryId), statement);
    writeProof(files, entryId, await loadProof(ctx, entryId));
    const named = NamedDisclosure.safeParse(claims.disclosure).data;
    const text = named && (await loadText(ctx, named));
    if (named && text) files.set(packPaths.text(named.id, named.version), writeCanonical(text));
  }
  for (const [id, first] of listFirstStatements(statements)) {
    files.set(packPaths.certificate(id), writeJson(await certifyStatement(ctx, logPolicy, first)));
  }
}

const loadText = (
  { db, organizationId }: TransactionContext,
  { id, version }: z.infer<typeof NamedDisclosure>,
) =>
  db.disclosure.findFirst({
    where: { organizationId, id, version },
    select: { id: true, version: true, language: true, text: true },
  });

/**
 * Returns the first statement of each consent and opt-out, by its id. `statements` are the oldest first. One whose id
 * was erased is left out.
 */
export function listFirstStatements(
  statements: readonly StatementOnRecord[],
): Map<string, StatementOnRecord> {
  const first = new Map<string, StatementOnRecord>();
  for (const statement of statements) {
    const { kind, claims } = statement;
    const id = z.string().safeParse(claims.consent ?? claims.opt_out).data;
    const hasCertificate = kind.startsWith("consent.") || kind.startsWith("opt-out.");
    if (id !== undefined && hasCertificate && !first.has(id)) first.set(id, statement);
  }
  return first;
}

/** A moment of the case, with the file that shows it. */
export type TimelineEntry = { at: Date; what: string; file: string };

/** Names what was stated, as the beginning of a line. */
export function nameStatement({ kind }: StatementOnRecord, locale: Locale): string {
  const name = say(locale, kindMessage(kind));
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** Lists everything in the order in which it happened. Leaves out a statement whose time was erased. */
export function writeTimeline(
  { complaint, sellerNames, calls, screenings, statements, violations }: PackRecords,
  locale: Locale,
): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...statements.flatMap((statement) => {
      const at = readInstant(statement.claims.at);
      const file = packPaths.statement(statement.entryId);
      return at ? [{ at, what: nameStatement(statement, locale), file }] : [];
    }),
    ...screenings.map(({ id, at, verdict }) => ({
      at,
      what: say(locale, { key: "pack.screened", values: { verdict } }),
      file: packPaths.screening(id),
    })),
    ...calls.map(({ id, at, seller, outcome }) => ({
      at,
      what: say(locale, {
        key: "pack.called",
        values: { seller: sellerNames.get(seller) ?? seller, outcome: outcome ?? "none" },
      }),
      file: packPaths.call(id),
    })),
    {
      at: complaint.receivedAt,
      what: say(locale, { key: "pack.complained", values: { source: complaint.source } }),
      file: "complaint.json",
    },
    ...violations.flatMap(({ foundAt, closedAt }) => [
      { at: foundAt, what: say(locale, { key: "pack.violation-found" }), file: "measures.json" },
      ...(closedAt
        ? [
            {
              at: closedAt,
              what: say(locale, { key: "pack.violation-closed" }),
              file: "measures.json",
            },
          ]
        : []),
    ]),
  ];
  return entries.toSorted((a, b) => Number(a.at) - Number(b.at));
}

type PackState = {
  records: PackRecords;
  timeline: readonly TimelineEntry[];
  regulator: Regulator | null;
  evidence: readonly PackEvidence[];
  locale: Locale;
};

/**
 * Writes how things stand today: the complaint, what was done, the order of events, which recordings and scans are in
 * the pack, and what the regulator asks.
 */
export function writeStateFiles({
  records,
  timeline,
  regulator,
  evidence,
  locale,
}: PackState): TextFiles {
  const { complaint, violations } = records;
  const measures = violations.map((violation) => ({
    ...violation,
    causes: toCauseMessages(violation).map((message) =>
      say(locale, message, records.organization.zone),
    ),
  }));
  return new Map([
    ["complaint.json", writeJson(complaint)],
    ["measures.json", writeJson(measures)],
    ["timeline.json", writeJson(timeline)],
    ["evidence.json", writeJson(evidence)],
    ...(regulator ? [["regulator.json", writeJson(regulator)] as const] : []),
  ]);
}

/** Folders and files of a pack that answer a regulator's questions. Disclosures and call scripts are both texts. */
const folders: Readonly<Record<RegulatorItem["shown_by"][number], string>> = {
  calls: "past/calls/",
  screenings: "past/screenings/, explained/screenings/",
  consents: "certificates/, past/statements/, past/evidence/",
  "opt-outs": "certificates/, past/statements/",
  registries: "past/statements/",
  law: "past/law/",
  texts: "past/texts/",
  scripts: "past/texts/",
  "caller-ids": "explained/screenings/",
  complaint: "complaint.json",
  measures: "measures.json",
  proofs: "proofs/, keys/",
};

/** Lists the folders and files of a pack that answer a question of a regulator. */
export const listFolders = ({ shown_by: parts }: RegulatorItem): string =>
  [...new Set(parts.map((part) => folders[part]))].join(", ");
