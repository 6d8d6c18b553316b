import {
  EvidenceMediaType,
  type EvidenceFileKind,
  evidenceTypes,
} from "@ringfence/core/consents/evidence";
import { fileTypeFromBuffer } from "file-type";
import { ServiceError } from "../../platform/errors.ts";

/** Bytes at the start of a file that are enough to detect its type. */
export const HEAD_BYTES = 4_100;

/** Returns the type of a file by its first bytes. Throws for a type that is not one of its kind. */
export async function detectEvidenceType(
  kind: EvidenceFileKind,
  head: Uint8Array,
): Promise<EvidenceMediaType> {
  const found = await fileTypeFromBuffer(head);
  const type = EvidenceMediaType.safeParse(toPlainType(found?.mime ?? "")).data;
  if (type && type in evidenceTypes[kind]) return type;
  throw new ServiceError("invalid", { key: "evidence.type", values: { kind } }, "/file");
}

/** Many recorders write audio alone into a container that may hold video too. */
const toPlainType = (mime: string) =>
  mime.replace(/;.*$/, "").replace(/^(audio\/x-m4a|video\/mp4)$/, "audio/mp4");
