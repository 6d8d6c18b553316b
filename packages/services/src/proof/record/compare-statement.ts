import { isDeepStrictEqual } from "node:util";
import { type ClaimName, type Claims, PersonalClaim } from "@ringfence/core/proof/ledger";
import { z } from "zod";
import { type Keys, isOwnStatement } from "../../platform/internal.ts";
import type { FoundStatement } from "../statement/internal.ts";
import type { RecordedEvent } from "./audited-events.ts";

/** Fault in the statement about an event. `claims` are the ones that differ from the event's row. */
export type StatementFault =
  | { fault: "unstated" | "unsigned" | "unreadable" | "hidden" }
  | { fault: "differs"; claims: readonly ClaimName[] };

/**
 * Compares an event with its statement; null if our key signed a statement that says the same. An erased
 * statement discloses nothing, so its signature is enough; `erased` are the subjects that acts of erasure
 * name.
 */
export function compareStatement(
  keys: Pick<Keys, "statementKeys">,
  event: RecordedEvent,
  found: readonly FoundStatement[],
  erased: ReadonlySet<string>,
): StatementFault | null {
  const stated = findLatest(event, found);
  if (stated === undefined) return { fault: "unstated" };
  if (!isOwnStatement(keys, stated.jwt)) return { fault: "unsigned" };
  if (stated.claims === null) return { fault: "unreadable" };
  if (Object.keys(stated.claims).length === 0) {
    return erased.has(stated.subjectId) ? null : { fault: "hidden" };
  }
  const claims = findDifferences(event, stated.claims);
  return claims.length > 0 ? { fault: "differs", claims } : null;
}

/**
 * True if our key signed a statement that says all that an event's row does, so that the row deserves a MAC. False if any
 * claim is hidden, because it could have said anything, and if the number was erased, because then nothing shows whose
 * event it is.
 */
export function isStatedInFull(
  keys: Pick<Keys, "statementKeys">,
  event: RecordedEvent,
  found: readonly FoundStatement[],
): boolean {
  const stated = findLatest(event, found);
  return (
    stated?.isWhole === true &&
    stated.claims?.phone !== undefined &&
    event.claims.phone !== undefined &&
    compareStatement(keys, event, found, noSubjects) === null
  );
}

const noSubjects: ReadonlySet<string> = new Set();

const findLatest = ({ statementKinds }: RecordedEvent, found: readonly FoundStatement[]) =>
  found.findLast(({ kind }) => statementKinds.includes(kind));

const personalClaims: ReadonlySet<string> = new Set(PersonalClaim.options);
const WithId = z.object({ id: z.string() });
/** A seller or organization. A statement also has its name of that time. An actor has more fields, which all count. */
const OnlyId = z.strictObject({ id: z.string() });

function findDifferences({ claims: expected }: RecordedEvent, statedClaims: Claims): ClaimName[] {
  const names = Object.keys(expected).filter((name): name is ClaimName => name in expected);
  return names.filter((name) => {
    // Personal claims can be erased one by one. An erased number is in no statement about it, because its key is gone.
    if (personalClaims.has(name) && statedClaims[name] === undefined) return false;
    return !isSame(
      expected[name],
      name === "is_proven" ? readIsProven(statedClaims) : statedClaims[name],
    );
  });
}

function isSame(expected: unknown, stated: unknown): boolean {
  const [expectedObject, statedObject] = [OnlyId.safeParse(expected), WithId.safeParse(stated)];
  if (expectedObject.success)
    return statedObject.success && expectedObject.data.id === statedObject.data.id;
  return isDeepStrictEqual(expected ?? null, stated ?? null);
}

const ByText = z.object({ means: z.literal("sms") });
const ByPerson = z.object({ type: z.literal("person") });

/**
 * Reads whether a consent is proven. An older statement does not say so: there, a consent is proven if the person
 * recorded it themselves and, unless the evidence was erased, answered by text message.
 */
function readIsProven({ is_proven: isProven, evidence, recorded_by: by }: Claims): unknown {
  if (isProven !== undefined) return isProven;
  const isTexted = evidence === undefined || ByText.safeParse(evidence).success;
  return ByPerson.safeParse(by).success && isTexted;
}
