import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { EVIDENCE_BYTES_MAX } from "@ringfence/core/consents/evidence";
import { expect, it } from "vitest";
import { aRecording, aScan, anEvidenceFile, inPieces } from "../../../testing/evidence.ts";
import { aFileContext } from "../../../testing/imports.ts";
import { as, db } from "../../../testing/scenes.ts";
import { openFiles } from "../../platform/files/index.ts";
import { uploadEvidenceFile } from "./upload.ts";

/** A context with files of its own, and what lies there. */
async function scene() {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-evidence-"));
  const ctx = { ...(await aFileContext()), files: openFiles(folder) };
  const kept = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { ctx, kept };
}

it("saves a recording with its type, length and SHA-256, and its uploader", async () => {
  const { ctx, kept } = await scene();
  const { id, bytes } = await anEvidenceFile(ctx);

  const { organizationId } = ctx;
  const sha256 = new Uint8Array(createHash("sha256").update(bytes).digest());
  expect(await db.prisma.evidenceFile.findMany({ where: { organizationId } })).toMatchObject([
    { id, kind: "recording", mediaType: "audio/wav", bytes: 108n, sha256, attachedAt: null },
  ]);
  expect(kept()).toHaveLength(1);
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    { action: "consent.record", details: { evidenceFileId: id, kind: "recording", bytes: 108 } },
  ]);
});

const mp3 = (tagBytes: string) =>
  Buffer.concat([Buffer.from(`494433040000${tagBytes}fffb9064`, "hex"), Buffer.alloc(6_000)]);
const m4a = Buffer.from("0000001c667479704d344120000000004d34412069736f6d", "hex");
const ogg = Buffer.concat([
  Buffer.from("4f676753000200000000000000000000000000000000000000000113", "hex"),
  Buffer.from("OpusHead\u0001\u0001"),
  Buffer.alloc(20),
]);
it.each([
  ["recording", "audio/mpeg", mp3("00000000")],
  // A picture of the tag is longer than what is looked at.
  ["recording", "audio/mpeg", mp3("00020000")],
  ["recording", "audio/ogg", ogg],
  ["recording", "audio/mp4", m4a],
  ["scan", "application/pdf", aScan()],
  ["scan", "image/jpeg", Buffer.from("ffd8ffe000104a46494600010101", "hex")],
  [
    "scan",
    "image/png",
    Buffer.from("89504e470d0a1a0a0000000d494844520000000100000001080200000049444154", "hex"),
  ],
] as const)("takes as a %s a file of the type %s", async (kind, mediaType, bytes) => {
  const { ctx } = await scene();
  const { id } = await anEvidenceFile(ctx, kind, bytes);
  expect(await db.prisma.evidenceFile.findFirst({ where: { id } })).toMatchObject({ mediaType });
});

it.each([
  ["a page as a recording", "recording", Buffer.from("<html><script>alert(1)</script></html>")],
  ["nothing", "recording", Buffer.alloc(0)],
  ["a scan as a recording", "recording", aScan()],
  ["a recording as a scan", "scan", aRecording()],
  ["a program", "scan", Buffer.from("7f454c4602010100", "hex")],
] as const)("refuses %s, and keeps nothing of it", async (_, kind, bytes) => {
  const { ctx, kept } = await scene();
  await expect(anEvidenceFile(ctx, kind, bytes)).rejects.toMatchObject({
    code: "invalid",
    explanation: { key: "evidence.type", values: { kind } },
    path: "/file",
  });
  expect(kept()).toEqual([]);
  expect(
    await db.prisma.evidenceFile.count({ where: { organizationId: ctx.organizationId } }),
  ).toBe(0);
});

it("rejects a file that is too large before it has arrived completely", async () => {
  const { ctx, kept } = await scene();
  const piece = Buffer.alloc(EVIDENCE_BYTES_MAX / 4);
  let sent = 0;
  async function* content() {
    for (; sent < 100; sent += 1) yield sent === 0 ? aRecording() : piece;
  }
  await expect(
    uploadEvidenceFile(ctx, { kind: "recording", content: content() }),
  ).rejects.toMatchObject({ explanation: { key: "evidence.too-large" } });
  expect(sent).toBeLessThanOrEqual(5);
  expect(kept()).toEqual([]);
});

it("allows owners, officers and agents", async () => {
  const { ctx } = await scene();
  const upload = (role: Parameters<typeof as>[1]) =>
    uploadEvidenceFile(
      { ...ctx, ...as(ctx, role) },
      { kind: "recording", content: inPieces(aRecording()) },
    );
  for (const role of ["owner", "officer", "agent"] as const) {
    expect(await upload(role)).toMatchObject({ id: expect.any(String) });
  }
  for (const role of ["marketer", "developer", "auditor"] as const) {
    await expect(upload(role)).rejects.toMatchObject({ code: "forbidden" });
  }
});

it("keeps files of another organization apart", async () => {
  const [ours, theirs] = [await scene(), await scene()];
  await anEvidenceFile(theirs.ctx);
  const { organizationId } = ours.ctx;
  expect(await db.prisma.evidenceFile.count({ where: { organizationId } })).toBe(0);
});
