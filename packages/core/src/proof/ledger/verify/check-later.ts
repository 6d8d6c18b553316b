import { z } from "zod";
import { PurposeKey, covers } from "../../../account/purpose/index.ts";
import type { Message } from "../../../platform/message/index.ts";
import type { Certificate, ProvenStatement } from "./certificate.ts";
import { type ChainHead, readChainHead } from "./chain-head.ts";
import { type Inclusion, readSignedStatement } from "./check-inclusion.ts";
import type { StatementKeys } from "./jws.ts";
import { type Statement, hashToBase64url } from "../read-statement.ts";
import { type Claims, StatementKind, readInstant, toKindWord } from "../statement.ts";
import { type CheckedStep, leaveStepOpen, failStep, passStep } from "./verification-verdict.ts";

/** `later` holds the claims that the later statements show, up to the first one that is at fault. */
export type LaterCheck = { checked: CheckedStep; later: Claims[]; hasEnded: boolean };

/** Facts that a verifier has besides the later statements themselves. */
export type LaterTrust = {
  checkInclusion: (statement: Statement, proven: ProvenStatement) => Inclusion;
  /** Keys of the issuer that the reader gave. If given, no others count. Null if there are none. */
  givenKeys: StatementKeys | null;
  /** True if the log holds the first statement, which makes its key one of the issuer's. */
  isFirstIncluded: boolean;
};

type Entry = { statement: Statement; isIncluded: boolean };

type ReadEntries = { entries: Entry[]; fault?: Message };

/**
 * Checks that later statements are complete and shown, and finds one that ends the first statement. A missing
 * statement is never taken for one that does not exist. A statement that the issuer did not sign ends nothing.
 */
export function checkLater(
  first: Statement,
  { later, chainHead }: Pick<Certificate, "later" | "chainHead">,
  trust: LaterTrust,
): LaterCheck {
  const { entries, fault } = readEntries(first, later, trust);
  const claims = entries.map(({ statement }) => statement.claims);
  if (fault) return { checked: failStep("later", fault), later: claims, hasEnded: false };

  const keys = issuerKeys(first, entries, trust);
  const wrongHead = findHeadFault(chainHead, findLast(first, entries), keys);
  if (wrongHead) return { checked: failStep("later", wrongHead), later: claims, hasEnded: false };

  const signed = entries.filter(({ statement }) => isSignedByIssuer(statement, keys));
  const end = signed.find(
    ({ statement: { claims } }, index) =>
      findEffect(first.claims, claims) === "ends" && !isCorrected(claims, signed.slice(index + 1)),
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
    const { statement, fault } = readSignedStatement(one.statement);
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

/** True if a statement carries the hash of the one before it, and the next number. */
const follows = ({ claims }: Statement, before: Statement) =>
  claims.previous === hashToBase64url(before.jwt) &&
  claims.sequence === Number(before.claims.sequence) + 1;

const findLast = (first: Statement, entries: readonly Entry[]): Statement =>
  entries.at(-1)?.statement ?? first;

/** Returns the issuer's keys: those that the reader gave, else the keys of all statements in the log. */
function issuerKeys(
  first: Statement,
  entries: readonly Entry[],
  { givenKeys, isFirstIncluded }: LaterTrust,
): StatementKeys {
  if (givenKeys) return givenKeys;
  const included = entries.filter(({ isIncluded }) => isIncluded);
  const statements = [...(isFirstIncluded ? [first] : []), ...included.map((it) => it.statement)];
  // A promise that nothing in the log supports has only its own key, and the verdict says so.
  const counted = statements.length > 0 ? statements : [first];
  return new Map(counted.map(({ header }) => [header.kid, header.jwk.x]));
}

const isSignedByIssuer = ({ header }: Statement, keys: StatementKeys) => keys.has(header.kid);

type Effect = "ends" | "none" | "unknown";

/**
 * Finds whether a later statement ends the first one; `unknown` if one of the two hides that. A first statement that
 * is neither an opt-out nor a suppression, or that hides its kind, is judged as a consent.
 */
function findEffect(first: Claims, later: Claims): Effect {
  const laterKind = StatementKind.safeParse(later.kind).data;
  if (laterKind === undefined) return "unknown";
  if (first.kind === "opt-out.recorded") {
    const ends = laterKind === "opt-out.lifted" || laterKind === "opt-out.corrected";
    return ends ? compareIds(first.opt_out, later.opt_out) : "none";
  }
  if (first.kind === "suppression.recorded") {
    const ends = laterKind === "suppression.ended";
    return ends ? compareIds(first.suppression, later.suppression) : "none";
  }
  if (laterKind === "opt-out.recorded") return optsOutOfOtherCalls(first, later) ? "none" : "ends";
  if (laterKind === "consent.withdrawn" || laterKind === "consent.invalidated") {
    return compareIds(first.consent, later.consent);
  }
  return "none";
}

/**
 * True if a later statement corrects this opt-out: a screening ignores it then too. The correction must be in the log,
 * because it lets the consent count again.
 */
const isCorrected = (claims: Claims, later: readonly Entry[]): boolean =>
  claims.kind === "opt-out.recorded" &&
  later.some(
    ({ statement, isIncluded }) =>
      isIncluded &&
      statement.claims.kind === "opt-out.corrected" &&
      compareIds(claims.opt_out, statement.claims.opt_out) === "ends",
  );

const WithSeller = z.object({ seller: z.object({ id: z.string() }) });
const WithPurposes = z.object({ purposes: z.array(PurposeKey).min(1) });

/**
 * True if an opt-out shows that it concerns none of the calls that a consent allows: it is about profiling,
 * another seller, or other purposes. False if one of them hides its seller or its purposes.
 */
function optsOutOfOtherCalls(consent: Claims, optOut: Claims): boolean {
  if (optOut.scope === "profiling") return true;
  if (optOut.scope === "seller") {
    const [allowed, forbidden] = [consent, optOut].map(
      (claims) => WithSeller.safeParse(claims).data,
    );
    return (
      allowed !== undefined && forbidden !== undefined && allowed.seller.id !== forbidden.seller.id
    );
  }
  if (optOut.scope !== "purpose") return false;
  const [allowed, forbidden] = [consent, optOut].map(
    (claims) => WithPurposes.safeParse(claims).data,
  );
  return (
    allowed !== undefined &&
    forbidden !== undefined &&
    !allowed.purposes.some((one) =>
      forbidden.purposes.some((other) => covers(one, other) || covers(other, one)),
    )
  );
}

function compareIds(one: unknown, other: unknown): Effect {
  if (typeof one !== "string" || typeof other !== "string") return "unknown";
  return one === other ? "ends" : "none";
}

function endStep({ statement: { claims }, isIncluded }: Entry): CheckedStep {
  // The statement that ends a suppression repeats its start in `at`.
  const at = readInstant(claims.kind === "suppression.ended" ? claims.valid_until : claims.at);
  const time = at === null ? { dated: "no" } : { dated: "yes", at };
  const values = { kind: toKindWord(claims.kind), ...time };
  return isIncluded
    ? passStep("later", { key: "verify.later-ended", values })
    : leaveStepOpen("later", { key: "verify.later-ended-promised", values }, "promised");
}

/** Reports that nothing ends the first statement, or why this is not known. */
function noEndStep(
  first: Statement,
  entries: readonly Entry[],
  keys: StatementKeys,
  chainHead: string | undefined,
): CheckedStep {
  const unlogged = entries.findIndex(({ isIncluded }) => !isIncluded);
  if (unlogged >= 0) {
    const values = { place: unlogged + 1 };
    return leaveStepOpen("later", { key: "verify.later-not-logged", values }, "unclear");
  }
  const unknown = entries.findIndex(
    ({ statement }) => findEffect(first.claims, statement.claims) === "unknown",
  );
  if (unknown >= 0) {
    const values = { place: unknown + 1 };
    return leaveStepOpen("later", { key: "verify.later-hidden", values }, "unclear");
  }
  const lowersTo = needsWholeChain(first.claims) ? "unclear" : undefined;
  if (first.claims.sequence === undefined) {
    return leaveStepOpen("later", { key: "verify.later-unknown" }, lowersTo);
  }
  const values = { count: entries.length };
  if (chainHead === undefined) {
    return leaveStepOpen("later", { key: "verify.later-open", values }, lowersTo);
  }
  const { head } = readChainHead(chainHead, keys);
  if (!head) return leaveStepOpen("later", { key: "verify.later-head-stranger" }, lowersTo);
  const at = new Date(head.iat * 1_000);
  return passStep("later", { key: "verify.later-none", values: { ...values, at } });
}

/**
 * True if a chain whose end is not shown or not proven makes the verdict unclear: for a consent, or a statement that
 * hides its kind. An opt-out proves that it was made, and its receipt shows no chain, because later statements may be
 * about another person with the same number. A later statement that is shown, but hides its kind or is not in the log,
 * makes it unclear for any kind.
 */
const needsWholeChain = ({ kind }: Claims) =>
  typeof kind !== "string" || kind.startsWith("consent.");

/** Finds a fault in the chain head: a broken signature, or a last statement that this file does not have. */
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
  head === hashToBase64url(jwt) && (claims.sequence === undefined || claims.sequence === sequence);
