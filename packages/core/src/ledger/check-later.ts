import type { ProvenStatement } from "./certificate.ts";
import { checkInclusion, readSigned } from "./check-proven.ts";
import type { Policy } from "./policy.ts";
import { digestOf, type Statement } from "./read-statement.ts";
import { type Claims, kindWord } from "./statement.ts";
import { absent, type Checked, failed, passed } from "./verification.ts";

export type CheckedLater = { checked: Checked; later: Claims[] };

/** Whether what was stated later is whole, and what it changes of a consent. */
export function checkLater(
  first: Statement,
  proven: readonly ProvenStatement[],
  policy: Policy,
  isStrict: boolean,
): CheckedLater {
  const later: Claims[] = [];
  let before = first;
  for (const [index, one] of proven.entries()) {
    const place = index + 1;
    const { statement, fault } = readSigned(one.statement);
    if (fault) return wrong({ key: "verify.later-broken", values: { place } }, later);
    if (!follows(statement, before)) {
      return wrong({ key: "verify.later-missing", values: { place } }, later);
    }
    if (one.proof !== null && !isHeld(statement, one, policy, isStrict)) {
      return wrong({ key: "verify.later-not-included", values: { place } }, later);
    }
    later.push(statement.claims);
    before = statement;
  }
  return { checked: told(first.claims, later), later };
}

const wrong = (message: Checked["message"], later: Claims[]): CheckedLater => ({
  checked: failed("later", message),
  later,
});

function isHeld(
  statement: Statement,
  proven: ProvenStatement,
  policy: Policy,
  isStrict: boolean,
): boolean {
  const { witnesses, fault } = checkInclusion(statement, proven, policy, isStrict);
  return !fault && policy.isMetBy(new Set(witnesses.map(({ key }) => key.name)));
}

/** Each names the hash of the one before it, and its number. */
const follows = ({ claims }: Statement, before: Statement) =>
  claims.previous === digestOf(before.jwt) &&
  claims.sequence === Number(before.claims.sequence) + 1;

function told(claims: Claims, later: readonly Claims[]): Checked {
  if (claims.sequence === undefined) return absent("later", { key: "verify.later-unknown" });
  const end = later.find(({ kind }) => endings.has(String(kind)));
  if (end) {
    const values = { kind: kindWord(end.kind), at: new Date(String(end.at)) };
    return passed("later", { key: "verify.later-ended", values });
  }
  return passed("later", { key: "verify.later-none", values: { count: later.length } });
}

const endings = new Set(["consent.withdrawn", "consent.invalidated", "opt-out.recorded"]);
