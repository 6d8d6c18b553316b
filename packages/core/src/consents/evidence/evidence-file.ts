import { z } from "zod";

/** Kind of a file that a member uploads to prove a consent (either) or a withdrawal by letter (`scan`). */
export const EvidenceFileKind = z.enum(["recording", "scan"]);
export type EvidenceFileKind = z.infer<typeof EvidenceFileKind>;

export const EvidenceMediaType = z.enum([
  "audio/wav",
  "audio/mpeg",
  "audio/ogg",
  "audio/mp4",
  "application/pdf",
  "image/jpeg",
  "image/png",
]);
export type EvidenceMediaType = z.infer<typeof EvidenceMediaType>;

/** An hour of uncompressed telephone audio takes 58 MB. */
export const EVIDENCE_BYTES_MAX = 100_000_000;

/** The media types of each kind, and the extensions of each type, the usual one first. */
export const evidenceTypes: Record<
  EvidenceFileKind,
  Partial<Record<EvidenceMediaType, readonly [string, ...string[]]>>
> = {
  recording: {
    "audio/wav": ["wav"],
    "audio/mpeg": ["mp3"],
    "audio/ogg": ["ogg", "oga", "opus"],
    "audio/mp4": ["m4a", "mp4"],
  },
  scan: {
    "application/pdf": ["pdf"],
    "image/jpeg": ["jpg", "jpeg"],
    "image/png": ["png"],
  },
};

/** Returns the usual extension of a type, without the dot. */
export function findFileExtension(type: EvidenceMediaType): string {
  const endings = { ...evidenceTypes.recording, ...evidenceTypes.scan }[type];
  return endings?.[0] ?? "bin";
}
