// oxlint-disable-next-line house/no-ambient-input
import { randomBytes } from "node:crypto";
import { RecordOfflineConsents } from "@ringfence/core/consents/consent";
import { aNumber } from "@ringfence/db/testing/factories";
import type { EvidenceFileKind } from "@ringfence/core/consents/evidence";
import type { FileContext } from "../src/platform/context.ts";
import { uploadEvidenceFile } from "../src/consents/evidence/upload.ts";

/** The head of a WAV file of telephone audio, and noise. No two are the same. */
export function aRecording(): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + 64, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(64, 40);
  return Buffer.concat([head, randomBytes(64)]);
}

export const aScan = (): Buffer =>
  Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(64), Buffer.from("\n%%EOF\n")]);

export async function* inPieces(content: Uint8Array, size = 40) {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

/** Uploads a file of a kind, and returns it with its bytes. */
export async function anEvidenceFile(
  ctx: FileContext,
  kind: EvidenceFileKind = "recording",
  bytes = kind === "recording" ? aRecording() : aScan(),
) {
  const { id } = await uploadEvidenceFile(ctx, { kind, content: inPieces(bytes) });
  return { id, bytes };
}

/** A spoken consent in words that are in no form. Without a file, `more` names the recording. */
export const anOfflineConsent = (file: string | undefined, more: object = {}) =>
  RecordOfflineConsents.parse({
    phone: aNumber(),
    means: "phone",
    asked: {
      text: "May Acme call you about its offers?",
      language: "en",
      purposes: ["marketing"],
      channels: ["voice_live"],
    },
    obtainedAt: "2026-03-01T10:00:00Z",
    file,
    ...more,
  });
