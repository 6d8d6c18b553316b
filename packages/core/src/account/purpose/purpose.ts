import { z } from "zod";
import { type Message, withMessage } from "../../platform/message/index.ts";
import { Name } from "../../platform/text/index.ts";

/** Key of a node in the organization's tree of purposes, such as `marketing.loans`. */
export const PurposeKey = z
  .string()
  .max(128)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/);
export type PurposeKey = z.infer<typeof PurposeKey>;

/** Kind of a purpose. Many rules of law apply only to calls of some kinds. */
export const PurposeKind = z.enum([
  "promotional",
  "transactional",
  "service",
  "debt_collection",
  "survey",
]);
export type PurposeKind = z.infer<typeof PurposeKind>;

/** True if a consent or opt-out for the purpose `node` covers `purpose`: if `purpose` is `node`, or is below it. */
export const covers = (node: PurposeKey, purpose: PurposeKey) =>
  purpose === node || purpose.startsWith(`${node}.`);

export type FoundPurpose<P> = { purpose: P; fault?: never } | { fault: Message; purpose?: never };

/** Finds a purpose by its key, or explains which keys there are. */
export function findPurpose<P extends { key: PurposeKey }>(
  purposes: readonly P[],
  key: string,
): FoundPurpose<P> {
  const purpose = purposes.find((node) => node.key === key);
  if (purpose) return { purpose };
  const known = purposes.map((node) => node.key).join(", ");
  return { fault: { key: "purpose.unknown", values: { purpose: key, known } } };
}

/** Input for a new purpose. Its key and kind never change: consents name the key and are judged by the kind. */
export const AddPurpose = z.object({
  key: z
    .string()
    .trim()
    .refine((key) => PurposeKey.safeParse(key).success, withMessage("purpose.key-odd")),
  name: Name,
  kind: PurposeKind,
});
export type AddPurpose = z.infer<typeof AddPurpose>;

export const RenamePurpose = z.object({ key: PurposeKey, name: Name });
export type RenamePurpose = z.infer<typeof RenamePurpose>;

type Node = { key: PurposeKey; kind: PurposeKind };

/** Returns the key of the parent purpose; null at the top of the tree. */
export const findParentKey = (key: PurposeKey): PurposeKey | null =>
  key.includes(".") ? key.slice(0, key.lastIndexOf(".")) : null;

/**
 * Explains why a purpose cannot be added to the tree; null if it can. A purpose has the kind of its parent,
 * because a consent covers everything below its purpose: someone who agreed to service calls must not get advertising.
 * `marketing` and everything below it are promotional.
 */
export function findPlacementFault(tree: readonly Node[], { key, kind }: Node): Message | null {
  if (tree.some((node) => node.key === key)) return { key: "purpose.taken", values: { key } };

  const parentKey = findParentKey(key);
  const parent = tree.find((node) => node.key === parentKey);
  if (parentKey !== null && parent === undefined) {
    return { key: "purpose.nothing-above", values: { key, above: parentKey } };
  }
  if (parent !== undefined && parent.kind !== kind) {
    return { key: "purpose.other-kind", values: { above: parent.key } };
  }
  return covers("marketing", key) && kind !== "promotional"
    ? { key: "purpose.marketing-is-promotional" }
    : null;
}
