import type { Message } from "../../platform/message/index.ts";
import type { PurposeKey } from "./purpose.ts";

export type FoundPurpose<P> = { purpose: P; fault?: never } | { fault: Message; purpose?: never };

/** A node of the organization's own tree, by its key. */
export function findPurpose<P extends { key: PurposeKey }>(
  purposes: readonly P[],
  key: string,
): FoundPurpose<P> {
  const purpose = purposes.find((node) => node.key === key);
  if (purpose) return { purpose };
  const known = purposes.map((node) => node.key).join(", ");
  return { fault: { key: "purpose.unknown", values: { purpose: key, known } } };
}
