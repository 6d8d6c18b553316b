import type { Message } from "../message/index.ts";
import type { Certificate, ProvenStatement } from "./certificate.ts";
import { type ChainHead, readChainHead, type StatementKeys } from "./chain-head.ts";
import { type Inclusion, readSigned } from "./check-proven.ts";
import { digestOf, type Statement } from "./read-statement.ts";
import { type Claims, kindWord, StatementKind } from "./statement.ts";
import { absent, type Checked, failed, passed } from "./verification.ts";

export type CheckedLater = { checked: Checked; later: Claims[]; hasEnded: boolean };

/** What a verifier knows beside the certificate. */
export type LaterTrust = {
  checkInclusion: (statement: Statement, proven: ProvenStatement) => Inclusion;
  /** Keys that the reader has from the issuer: no others count. Null if they gave none. */
  givenKeys: StatementKeys | null;
  /** Whether the log holds the first statement, which makes its key one of the issuer's. */
  isFirstIncluded: boolean;
};

type Entry = { statement: Statement; isIncluded: boolean };

type ReadEntries = { entries: Entry[]; fault?: Message };

/**
 * What was stated later: whether it is whole, whether all of it is known, and whether it ends the first
 * statement. What is hidden, not in the log, or cut away is never taken for nothing.
 */
export function checkLater(
  first: Statement,
  { later, chainHead }: Pick<Certificate, "later" | "chainHead">,
  trust: LaterTrust,
): CheckedLater {
  const { entries, fault } = readEntries(first, later, trust);
  const claims = entries.map(({ statement }) => statement.claims);
  if (fault) return { checked: failed("later", fault), later: claims, hasEnded: false };

  const keys = issuerKeys(first, entries, trust);
  const wrongHead = findHeadFault(chainHead, findLast(first, entries), keys);
  if (wrongHead) return { checked: failed("later", wrongHead), later: claims, hasEnded: false };

  const end = entries.find(
    ({ statement }) =>
      isSignedByIssuer(statement, keys) && findEffect(first.claims, statement.claims) === "ends",
  );
  if (end) return { checked: endStep(end), later: claims, hasEnded: true };
  return { checked: noEndStep(first, entries, keys, chainHead), later: claims, hasEnded: false };
}

function readEntries(
  first: Statement,
  later: readonly ProvenStatement[],
  { checkInclusion, givenKeys }: LaterTrust,
): ReadEntries {
  const entries: Entry[] = [];
  let before = first;
  for (const [index, one] of later.entries()) {
    const values = { place: index + 1 };
    const { statement, fault } = readSigned(one.statement);
    if (fault) return { entries, fault: { key: "verify.later-broken", values } };
    if (!follows(statement, before)) {
      return { entries, fault: { key: "verify.later-missing", values } };
    }
    if (givenKeys && !givenKeys.has(statement.header.kid)) {
      return { entries, fault: { key: "verify.later-stranger", values } };
    }
    const isIncluded = one.proof !== null;
    if (isIncluded && checkInclusion(statement, one).fault) {
      return { entries, fault: { key: "verify.later-not-included", values } };
    }
    entries.push({ statement, isIncluded });
    before = statement;
  }
  return { entries };
}

/** Each names the hash of the one before it, and its number. */
const follows = ({ claims }: Statement, before: Statement) =>
  claims.previous === digestOf(before.jwt) &&
  claims.sequence === Number(before.claims.sequence) + 1;

const findLast = (first: Statement, entries: readonly Entry[]): Statement =>
  entries.at(-1)?.statement ?? first;

/** The keys that are the issuer's: those that the reader gave, else of all that the log holds. */
function issuerKeys(
  first: Statement,
  entries: readonly Entry[],
  { givenKeys, isFirstIncluded }: LaterTrust,
): StatementKeys {
  if (givenKeys) return givenKeys;
  const included = entries.filter(({ isIncluded }) => isIncluded);
  const statements = [...(isFirstIncluded ? [first] : []), ...included.map((it) => it.statement)];
  // A promise by itself has no key but its own, and is called a promise.
  const counted = statements.length > 0 ? statements : [first];
  return new Map(counted.map(({ header }) => [header.kid, header.jwk.x]));
}

const isSignedByIssuer = ({ header }: Statement, keys: StatementKeys) => keys.has(header.kid);

type Effect = "ends" | "leaves" | "unknown";

/** What a later statement does to the first one, as far as both show it. */
function findEffect(first: Claims, { kind, consent, opt_out, scope }: Claims): Effect {
  const known = StatementKind.safeParse(kind).data;
  if (known === undefined) return "unknown";
  if (first.kind === "opt-out.recorded") {
    const ends = known === "opt-out.lifted" || known === "opt-out.corrected";
    return ends ? compareIds(first.opt_out, opt_out) : "leaves";
  }
  if (known === "opt-out.recorded") return scope === "profiling" ? "leaves" : "ends";
  if (known === "consent.withdrawn" || known === "consent.invalidated") {
    return compareIds(first.consent, consent);
  }
  return "leaves";
}

function compareIds(one: unknown, other: unknown): Effect {
  if (typeof one !== "string" || typeof other !== "string") return "unknown";
  return one === other ? "ends" : "leaves";
}

function endStep({ statement: { claims }, isIncluded }: Entry): Checked {
  const values = { kind: kindWord(claims.kind), at: new Date(String(claims.at)) };
  return isIncluded
    ? passed("later", { key: "verify.later-ended", values })
    : absent("later", { key: "verify.later-ended-promised", values }, "promised");
}

/** Says that nothing ends the first statement, or why that is not known. */
function noEndStep(
  first: Statement,
  entries: readonly Entry[],
  keys: StatementKeys,
  chainHead: string | undefined,
): Checked {
  const unlogged = entries.findIndex(({ isIncluded }) => !isIncluded);
  if (unlogged >= 0) {
    const values = { place: unlogged + 1 };
    return absent("later", { key: "verify.later-not-logged", values }, "unclear");
  }
  const unknown = entries.findIndex(
    ({ statement }) => findEffect(first.claims, statement.claims) === "unknown",
  );
  if (unknown >= 0) {
    const values = { place: unknown + 1 };
    return absent("later", { key: "verify.later-hidden", values }, "unclear");
  }
  const lowersTo = canBeWithdrawn(first.claims) ? "unclear" : undefined;
  if (first.claims.sequence === undefined) {
    return absent("later", { key: "verify.later-unknown" }, lowersTo);
  }
  const values = { count: entries.length };
  if (chainHead === undefined) {
    return absent("later", { key: "verify.later-open", values }, lowersTo);
  }
  const { head } = readChainHead(chainHead, keys);
  if (!head) return absent("later", { key: "verify.later-head-stranger" }, lowersTo);
  const at = new Date(head.iat * 1_000);
  return passed("later", { key: "verify.later-none", values: { ...values, at } });
}

/**
 * Of a consent the question is whether it was withdrawn. A refusal proves that it was made, whatever came
 * after: a receipt shows no chain, which may be somebody else's.
 */
const canBeWithdrawn = ({ kind }: Claims) =>
  typeof kind !== "string" || kind.startsWith("consent.");

/** A head that was signed says which statement is the last one of this file. */
function findHeadFault(
  chainHead: string | undefined,
  last: Statement,
  keys: StatementKeys,
): Message | null {
  if (chainHead === undefined) return null;
  const { head, fault } = readChainHead(chainHead, keys);
  if (fault === "not-signed") return { key: "verify.later-head-broken" };
  return head && !matchesHead(head, last) ? { key: "verify.later-cut" } : null;
}

const matchesHead = ({ sequence, head }: ChainHead, { jwt, claims }: Statement) =>
  head === digestOf(jwt) && (claims.sequence === undefined || claims.sequence === sequence);
