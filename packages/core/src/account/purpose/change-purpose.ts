import { z } from "zod";
import { type Message, withMessage } from "../../platform/message/index.ts";
import { Name } from "../../platform/text/index.ts";
import { PurposeKey, PurposeKind, covers } from "./purpose.ts";

/** A node more. Its key stays, and its kind: consents name the one, and are judged by the other. */
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

/** The node directly above a key; null at the top. */
export const findParentKey = (key: PurposeKey): PurposeKey | null =>
  key.includes(".") ? key.slice(0, key.lastIndexOf(".")) : null;

/**
 * Why a node cannot be added to a tree; null where it can. A consent for a node covers all below it: were
 * those of another kind, who agreed to be served would be advertised to.
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
