import { SellerId } from "@ringfence/core/ids";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEvidenceFile, anOfflineConsent, inPieces } from "../../../testing/evidence.ts";
import { aFileContext, files } from "../../../testing/imports.ts";
import { as, db } from "../../../testing/scenes.ts";
import { recordOfflineConsents } from "../consent/record-offline.ts";
import type { FileContext } from "../../platform/context.ts";
import { evidenceFile } from "../../platform/files/index.ts";
import { readEvidenceFile } from "./download.ts";

async function collectBytes(content: AsyncIterable<Uint8Array>) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function scene(given?: FileContext) {
  const ctx = given ?? (await aFileContext());
  const file = await anEvidenceFile(ctx);
  const { phoneId } = await recordOfflineConsents(ctx, anOfflineConsent(file.id));
  return { ctx, ...file, phoneId, name: evidenceFile(ctx.organizationId, file.id) };
}

it("returns the recording as it was uploaded, and records who listens", async () => {
  const { ctx, id, bytes, phoneId } = await scene();
  const { mediaType, content } = await readEvidenceFile(ctx, id);
  expect(mediaType).toBe("audio/wav");
  expect((await collectBytes(content)).equals(bytes)).toBe(true);
  const where = { organizationId: ctx.organizationId, action: "consent.prove" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([{ phoneId }]);
});

it("returns no file that was changed in storage, even if its row was changed too", async () => {
  const { ctx, id, name } = await scene();
  const other = await anEvidenceFile(ctx);
  await files.write(name, inPieces(other.bytes));
  const { organizationId } = ctx;
  const { sha256 } = await db.prisma.evidenceFile.findFirstOrThrow({ where: { id: other.id } });
  await db.prisma.evidenceFile.updateMany({ where: { organizationId, id }, data: { sha256 } });
  await expect(readEvidenceFile(ctx, id)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "evidence.changed" },
  });
});

it("reports that a file is gone, and returns none that proves nothing", async () => {
  const { ctx, id, name } = await scene();
  await files.erase(name);
  await expect(readEvidenceFile(ctx, id)).rejects.toMatchObject({
    explanation: { key: "evidence.missing" },
  });
  const { id: unused } = await anEvidenceFile(ctx);
  await expect(readEvidenceFile(ctx, unused)).rejects.toMatchObject({
    explanation: { key: "evidence.not-found" },
  });
});

it("allows those who may prove a consent, for their own sellers only", async () => {
  const { ctx, id } = await scene();
  const read = (more: object) => readEvidenceFile({ ...ctx, ...more }, id);
  for (const role of ["owner", "officer", "auditor"] as const) {
    expect(await read(as(ctx, role))).toMatchObject({ mediaType: "audio/wav" });
  }
  for (const role of ["agent", "marketer", "developer"] as const) {
    await expect(read(as(ctx, role))).rejects.toMatchObject({ code: "forbidden" });
  }
  const bank = SellerId.parse(await aSeller(db, ctx.organizationId, "bank"));
  const limited = { type: "member", id: "bob", role: "officer", sellerIds: [bank] } as const;
  await expect(read({ actor: limited })).rejects.toMatchObject({
    explanation: { key: "error.seller-not-yours" },
  });
});

it("finds no file of another organization", async () => {
  const [{ id }, ctx] = [await scene(), await aFileContext()];
  await expect(readEvidenceFile(ctx, id)).rejects.toMatchObject({ code: "not-found" });
});
