import { isDeepStrictEqual } from "node:util";
import { type Claims, type ClaimName, PersonalClaim } from "@ringfence/core/ledger";
import { z } from "zod";
import { isOwnStatement } from "../keys/own-statement.ts";
import type { Keys } from "../keys/keys.ts";
import type { StatementFound } from "../statement/open-statements.ts";
import type { EventOnRecord } from "./event-rows.ts";

/** What is wrong with a statement about an event; `claims` are those that say something else than its row. */
export type StatementFault =
  | { fault: "unstated" | "unsigned" | "unreadable" | "hidden" }
  | { fault: "differs"; claims: readonly ClaimName[] };

/**
 * Compares an event with what states it: null when our key signed a statement that says the same. What was
 * erased says nothing any more, and is believed by its signature; `erased` are whom acts of erasure name.
 */
export function compareStatement(
  keys: Pick<Keys, "statementKeys">,
  event: EventOnRecord,
  found: readonly StatementFound[],
  erased: ReadonlySet<string>,
): StatementFault | null {
  const stated = found.findLast(({ kind }) => event.kinds.includes(kind));
  if (stated === undefined) return { fault: "unstated" };
  if (!isOwnStatement(keys, stated.jwt)) return { fault: "unsigned" };
  if (stated.claims === null) return { fault: "unreadable" };
  if (Object.keys(stated.claims).length === 0) {
    return erased.has(stated.subjectId) ? null : { fault: "hidden" };
  }
  const claims = differences(event, stated.claims);
  return claims.length > 0 ? { fault: "differs", claims } : null;
}

const personal: ReadonlySet<string> = new Set(PersonalClaim.options);
const WithId = z.object({ id: z.string() });

function differences({ claims: expected }: EventOnRecord, said: Claims): ClaimName[] {
  const names = Object.keys(expected).filter((name): name is ClaimName => name in expected);
  return names.filter((name) => {
    // What is personal can be erased by itself, and of a number that was erased nobody knows it.
    if (personal.has(name) && (said[name] === undefined || expected[name] === undefined))
      return false;
    return !isSame(expected[name], name === "is_proven" ? isProvenIn(said) : said[name]);
  });
}

function isSame(expected: unknown, said: unknown): boolean {
  const [own, theirs] = [WithId.safeParse(expected), WithId.safeParse(said)];
  if (own.success) return theirs.success && own.data.id === theirs.data.id;
  return isDeepStrictEqual(expected ?? null, said ?? null);
}

const ByText = z.object({ means: z.literal("sms") });
const ByPerson = z.object({ type: z.literal("person") });

/** Older statements tell it by how the person answered; where that was erased, by who put it on record. */
function isProvenIn({ is_proven: isProven, evidence, recorded_by: by }: Claims): unknown {
  if (isProven !== undefined) return isProven;
  const isTexted = evidence === undefined || ByText.safeParse(evidence).success;
  return ByPerson.safeParse(by).success && isTexted;
}
