import {
  type JurisdictionId,
  type Law,
  type Rule,
  type RuleBook,
  type RuleBookChanges,
  compareRuleBooks,
  hashRuleSet,
  readRuleBook,
  bundledRuleSetHash,
  serializeRuleSet,
  listJudgingRules,
  listKeptRules,
} from "@ringfence/core/people/jurisdiction";
import { listLocalDates } from "@ringfence/core/platform/time";
import { ServiceError, type TransactionContext, query } from "../../platform/internal.ts";
import { z } from "zod";
import { createRuleSetReader, findInstalledLaw } from "./install-law.ts";
import { loadLaw, loadLawByHash } from "./load-law.ts";

/** State of a past screening's rule set. */
export type RuleSetState =
  /** The rule set that judges the organization's calls now. */
  | "current"
  /** An earlier one, which is stored. */
  | "kept"
  /** An earlier one that is stored, but that this version cannot read. */
  | "unreadable"
  /** An earlier one, from before rule sets were stored. */
  | "not-kept";

/** Rules by which a past screening was judged. */
export type PastRules = {
  hash: string | null;
  state: RuleSetState;
  /** Day as of which the law was read; null if the rules are not known. */
  asOf: string | null;
  /** Rules that its reasons and warnings name. */
  deciding: readonly Rule[];
  /** All other rules that were in force in its places on that day. */
  others: readonly Rule[];
  sources: Readonly<Record<string, { url: string; title: string }>>;
  registryNames: Readonly<Record<string, string>>;
};

/** Which rules are wanted: those of a past call, by the hash of the rule set that judged it. */
type WantedRules = {
  hash: string | null;
  at: Date;
  places: readonly JurisdictionId[];
  zones: readonly string[];
  /** Rules that reasons and warnings name. */
  named: ReadonlySet<string>;
  /** Adds the organization's own rules that judged it too. */
  addRules?: (book: RuleBook) => RuleBook;
};

/**
 * Finds the rules of a past call's jurisdictions, as they were on its day, in the rule set that judged it, and the
 * rules that its reasons name. Without places, only the named ones.
 */
export async function findPastRules(
  ctx: TransactionContext,
  { hash, at, places, zones, named, addRules = (book) => book }: WantedRules,
): Promise<PastRules> {
  const { state, book: law } = await findRuleBook(ctx, hash);
  if (law === null) {
    const nothing = { deciding: [], others: [], sources: {}, registryNames: {} };
    return { hash, state, asOf: null, ...nothing };
  }
  const book = addRules(law);
  // A rule of the organization stands in every place that it is for.
  const deciding = book.rules.filter(
    ({ id, source, jurisdiction }) =>
      named.has(id) && (source !== "policy" || places.includes(jurisdiction)),
  );
  const inForce = listJudgingRules(book, places, listLocalDates(at, zones));
  const others = inForce.filter(({ id }) => !named.has(id));
  const used = new Set([...deciding, ...others].flatMap(({ sources }) => sources));
  return {
    hash,
    state,
    asOf: book.asOf,
    deciding,
    others,
    sources: Object.fromEntries(Object.entries(book.sources).filter(([name]) => used.has(name))),
    registryNames: Object.fromEntries(book.registries.map(({ id, name }) => [id, name])),
  };
}

/** Finds the text of a rule set by its hash; null if it is not stored. */
async function findRuleSetText({ db }: TransactionContext, hash: string): Promise<string | null> {
  const stored = await db.ruleSet.findUnique({ where: { hash } });
  // A document changed with the database's checks off does not count as the rule set of that hash.
  return stored !== null && hashRuleSet(stored.document) === hash ? stored.document : null;
}

/** Loads the text of a rule set by its hash, also of the one that comes with the program; null if it is not kept. */
export const loadRuleSetText = async (
  ctx: TransactionContext,
  hash: string,
): Promise<string | null> =>
  hash === bundledRuleSetHash ? serializeRuleSet() : findRuleSetText(ctx, hash);

async function findRuleBook(
  ctx: TransactionContext,
  hash: string | null,
): Promise<{ state: RuleSetState; book: RuleBook | null }> {
  const current = await loadLaw(ctx);
  if (hash === current.hash) return { state: "current", book: mergeBooks(current) };
  const text = hash === null ? null : await findRuleSetText(ctx, hash);
  if (text === null) return { state: "not-kept", book: null };
  try {
    return { state: "kept", book: mergeBooks(await loadLawByHash(hash, createRuleSetReader(ctx))) };
  } catch {
    return { state: "unreadable", book: null };
  }
}

/** Returns the rules of a law, with the former rules that judged beside them. */
function mergeBooks(law: Law): RuleBook {
  const { book, keptBook } = law;
  if (keptBook === null) return book;
  const former = listKeptRules(law, [...keptBook.jurisdictions.keys()]);
  return {
    ...book,
    rules: [...book.rules, ...former],
    sources: { ...keptBook.sources, ...book.sources },
  };
}

/** Parses a stored rule set. Null if its format is of another version. */
function parseRuleBook(text: string): RuleBook | null {
  try {
    return readRuleBook(JSON.parse(text));
  } catch {
    return null;
  }
}

export type RuleSetView = {
  hash: string;
  /**
   * Time at which the rule set was first stored, by the program that brought it or by an update. Null if it is not
   * stored yet.
   */
  keptAt: Date | null;
  /** True for the law of the installation, even if the organization has not accepted all of it. */
  isCurrent: boolean;
  /** Day as of which the law was read; null if this version cannot read the rule set. */
  asOf: string | null;
  /** Differences from the previous rule set; null for the first, or if one of the two cannot be read. */
  changes: RuleBookChanges | null;
};

/**
 * Start of the stored `KeptParts` of organizations: canonical JSON sorts keys, so the hash of the law in force comes
 * first.
 */
const KEPT_PARTS_PREFIX = '{"base":';

/** Lists the current rule set and the stored earlier ones, newest first, with what each changed. */
export const listRuleSets = query({
  name: "listRuleSets",
  action: "rule.read",
  run: async (ctx): Promise<RuleSetView[]> => {
    const { db } = ctx;
    const installed = await findInstalledLaw(ctx);
    const current = await loadLawByHash(installed?.hash ?? null, createRuleSetReader(ctx));
    const stored = await db.ruleSet.findMany({ orderBy: [{ keptAt: "asc" }, { hash: "asc" }] });
    // Parts of a former law that organizations keep are not a law of the installation.
    const laws = stored.filter(({ document }) => !document.startsWith(KEPT_PARTS_PREFIX));
    const present = laws.find(({ hash }) => hash === current.hash);
    // A document changed with the database's checks off does not count as the rule set of that hash.
    const books = laws
      .filter(({ hash }) => hash !== current.hash)
      .map(({ hash, keptAt, document }) => ({
        hash,
        keptAt,
        book: hashRuleSet(document) === hash ? parseRuleBook(document) : null,
      }));
    const all = [...books, { ...current, keptAt: present?.keptAt ?? null }];
    return all
      .map(({ hash, keptAt, book }, index) => ({
        hash,
        keptAt,
        isCurrent: hash === current.hash,
        asOf: book?.asOf ?? null,
        changes: compareIfReadable(all[index - 1]?.book ?? null, book),
      }))
      .toReversed();
  },
  audit: "none",
});

const compareIfReadable = (
  before: RuleBook | null,
  after: RuleBook | null,
): RuleBookChanges | null => (before && after ? compareRuleBooks(before, after) : null);

/**
 * Returns the canonical JSON of the rule set with this hash, as screenings were judged by it. Rule sets belong
 * to no organization.
 */
export const readRuleSet = query({
  name: "readRuleSet",
  action: "rule.read",
  input: z.string(),
  run: async (ctx, hash): Promise<string> => {
    const text = await loadRuleSetText(ctx, hash);
    if (text === null) throw new ServiceError("not-found", { key: "error.rule-set-not-kept" });
    return text;
  },
  audit: "none",
});
