import { z } from "zod";

/** A file that a member uploads to prove a consent or a withdrawal. */
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

/** An hour of a call as uncompressed telephone audio has 58 MB. */
export const EVIDENCE_BYTES_MAX = 100_000_000;

/** The types of each kind, and how file names of each type end. */
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

/** Returns how the name of a file of this type ends. */
export function findFileExtension(type: EvidenceMediaType): string {
  const endings = { ...evidenceTypes.recording, ...evidenceTypes.scan }[type];
  return endings?.[0] ?? "bin";
}
