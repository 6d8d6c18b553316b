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
import { findEntry, findPlainEntries, loadProof } from "../../proof/ledger/internal.ts";
import type { StatementOnRecord } from "../../proof/statement/internal.ts";
import { type PackRecords, toCauseMessages } from "./collect-records.ts";
import type { PackEvidence } from "./evidence-files.ts";

/*
 * Writes the files of a pack (`core/proof/pack`). Those below `past` hold nothing of the day on which the pack is made,
 * so they are the same to the byte in each pack of the same calls.
 */

export type TextFiles = Map<string, string>;

/** Writes all files of data, with the keys by which they are checked. */
export async function writeDataFiles(
  ctx: TransactionContext,
  records: PackRecords,
  policy: string,
): Promise<TextFiles> {
  const files: TextFiles = new Map([
    [packPaths.policy, policy],
    [packPaths.keys, writeJson(toJwkSet(ctx.keys.statementKeys))],
  ]);
  writeCalls(files, records);
  await writeScreenings(ctx, files, records);
  await writeLaw(ctx, files, records);
  await writePolicies(ctx, files, records);
  await writeEditions(ctx, files, records);
  await writeStatements(ctx, files, records, policy);
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
 * Writes the record of each screening as the log committed to it, its proof, and beside it what it means: reasons with
 * their rules and citations of that day, and the age of each registry. A record that the log has not committed to yet
 * comes without proof.
 */
async function writeScreenings(
  ctx: TransactionContext,
  files: TextFiles,
  { screenings }: PackRecords,
) {
  for (const screening of screenings) {
    const { id } = screening;
    files.set(`explained/screenings/${id}.json`, writeJson(screening));
    if ((await findEntry(ctx, id)) === null) continue;
    const proof = await loadProof(ctx, id);
    if (proof.screening) files.set(packPaths.screening(id), proof.screening.record);
    writeProof(files, id, proof);
  }
}

/** Writes a proof as the API gives it, and its parts as Debian's `spicy-litetlog -verify` reads them. */
function writeProof(files: TextFiles, id: string, proof: Awaited<ReturnType<typeof loadProof>>) {
  files.set(packPaths.proof(id), writeJson(proof));
  if (proof.spicy === undefined) return;
  files.set(`proofs/${id}.leaf`, proof.leaf);
  files.set(`proofs/${id}.leaf.spicy`, proof.spicy);
}

/** Writes the rule sets by which the calls were judged, each with the one that it rests on. */
async function writeLaw(ctx: TransactionContext, files: TextFiles, { screenings }: PackRecords) {
  const waiting = new Set(screenings.flatMap(({ checked }) => checked.rules ?? []));
  for (const hash of waiting) {
    const text = await loadRuleSetText(ctx, hash);
    if (text === null) continue;
    files.set(packPaths.law(hash), text);
    const base = KeptParts.safeParse(JSON.parse(text)).data?.base ?? null;
    if (base !== null) waiting.add(base);
  }
}

/** Writes the policies of the organization by which the calls were judged too. */
async function writePolicies(
  ctx: TransactionContext,
  files: TextFiles,
  { screenings }: PackRecords,
) {
  const hashes = [...new Set(screenings.flatMap(({ checked }) => checked.policies))];
  for (const { hash, document } of await loadPolicyTexts(ctx, hashes)) {
    files.set(packPaths.ownRules(hash), document);
  }
}

/** Writes what was stated of each edition of a registry that a screening used, with its proof. */
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

/** Writes everything that was stated about the numbers, the texts that the person was shown, and certificates. */
async function writeStatements(
  ctx: TransactionContext,
  files: TextFiles,
  { statements }: PackRecords,
  policy: string,
) {
  for (const { entryId, statement, claims } of statements) {
    files.set(packPaths.statement(entryId), statement);
    writeProof(files, entryId, await loadProof(ctx, entryId));
    const named = NamedDisclosure.safeParse(claims.disclosure).data;
    const text = named && (await loadText(ctx, named));
    if (named && text) files.set(packPaths.text(named.id, named.version), writeCanonical(text));
  }
  for (const [id, first] of listFirstStatements(statements)) {
    files.set(packPaths.certificate(id), writeJson(await certifyStatement(ctx, policy, first)));
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

/** The first statement of each consent and opt-out, by its id. A statement whose id was erased is left out. */
export function listFirstStatements(
  statements: readonly StatementOnRecord[],
): Map<string, StatementOnRecord> {
  const first = new Map<string, StatementOnRecord>();
  for (const one of statements) {
    const id = z.string().safeParse(one.claims.consent ?? one.claims.opt_out).data;
    const hasCertificate = one.kind.startsWith("consent.") || one.kind.startsWith("opt-out.");
    if (id !== undefined && hasCertificate && !first.has(id)) first.set(id, one);
  }
  return first;
}

/** A moment of the case, with the file that shows it. */
export type TimelineEntry = { at: Date; what: string; file: string | null };

/** Names what was stated, as the beginning of a line. */
export function nameStatement({ kind }: StatementOnRecord, locale: Locale): string {
  const name = say(locale, kindMessage(kind));
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** Puts everything in the order in which it happened, in words of this language. */
export function writeTimeline(
  { complaint, sellerNames, calls, screenings, statements, violations }: PackRecords,
  locale: Locale,
): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...statements.flatMap((one) => {
      const at = readInstant(one.claims.at);
      const file = packPaths.statement(one.entryId);
      return at ? [{ at, what: nameStatement(one, locale), file }] : [];
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
  const measures = violations.map((one) => ({
    ...one,
    causes: toCauseMessages(one).map((message) => say(locale, message, records.organization.zone)),
  }));
  return new Map([
    ["complaint.json", writeJson(complaint)],
    ["measures.json", writeJson(measures)],
    ["timeline.json", writeJson(timeline)],
    ["evidence.json", writeJson(evidence)],
    ...(regulator ? [["regulator.json", writeJson(regulator)] as const] : []),
  ]);
}

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

/** Names the folders and files of a pack in which something that a regulator asks for is. */
export const listFolders = ({ shown_by: parts }: RegulatorItem): string =>
  [...new Set(parts.map((part) => folders[part]))].join(", ");
