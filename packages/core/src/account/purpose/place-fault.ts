import type { Message } from "../../platform/message/index.ts";
import { covers, type PurposeKey, type PurposeKind } from "./purpose.ts";

type Node = { key: PurposeKey; kind: PurposeKind };

/** The node directly above a key; null at the top. */
export const aboveOf = (key: PurposeKey): PurposeKey | null =>
  key.includes(".") ? key.slice(0, key.lastIndexOf(".")) : null;

/**
 * Why a node cannot be added to a tree; null where it can. A consent for a node covers all below it: were
 * those of another kind, who agreed to be served would be advertised to.
 */
export function placeFault(tree: readonly Node[], { key, kind }: Node): Message | null {
  if (tree.some((node) => node.key === key)) return { key: "purpose.taken", values: { key } };

  const above = aboveOf(key);
  const parent = tree.find((node) => node.key === above);
  if (above !== null && parent === undefined) {
    return { key: "purpose.nothing-above", values: { key, above } };
  }
  if (parent !== undefined && parent.kind !== kind) {
    return { key: "purpose.other-kind", values: { above: parent.key } };
  }
  return covers("marketing", key) && kind !== "promotional"
    ? { key: "purpose.marketing-is-promotional" }
    : null;
}
