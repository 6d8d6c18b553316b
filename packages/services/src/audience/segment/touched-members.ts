import type { Rule } from "@ringfence/core/audience/segment";
import { findInColumns, isInColumns } from "@ringfence/core/audience/segment/columns";
import type { TransactionContext } from "../../platform/context.ts";
import { findMembers } from "./find-members.ts";
import type { Touched } from "./read-touched.ts";
import type { Scope } from "./scope.ts";

/** Of people of whom activities came, those whom a rule means that ranks nobody. */
export const touchedMembers = async (
  ctx: TransactionContext,
  scope: Scope,
  rule: Rule,
  { ordinals, columns, others }: Touched,
): Promise<number[]> => {
  if (columns === null || !isInColumns(columns, rule, scope.segments)) {
    return findMembers(ctx, { ...scope, among: ordinals }, rule);
  }
  const mask = findInColumns(columns, rule, {
    now: scope.now,
    zone: scope.home,
    segments: scope.segments,
    changed: new Uint8Array(columns.ordinals.length),
    worthsOfChanged: () => [],
  });
  const found = [...columns.ordinals].filter((_, place) => mask[place] === 1);
  if (others.length === 0) return found;
  return [...found, ...(await findMembers(ctx, { ...scope, among: others }, rule))];
};
