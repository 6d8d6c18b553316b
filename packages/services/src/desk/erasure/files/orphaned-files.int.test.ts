import { readdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { ScrubSettings } from "@ringfence/core/calling/scrub";
import { EvidenceFileId, ImportId, ScrubId } from "@ringfence/core/ids";
import { aFolder } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anUpload, runOnce } from "../../../../testing/imports.ts";
import { aContext, db } from "../../../../testing/scenes.ts";
import { onProgress, toChunks } from "../../../../testing/scrubs.ts";
import { runScrub } from "../../../calling/scrub/run.ts";
import { startScrub } from "../../../calling/scrub/start.ts";
import { uploadEvidenceFile } from "../../../consents/evidence/upload.ts";
import { FileName, openFiles } from "../../../platform/files/index.ts";
import {
  evidenceFile,
  importFile,
  remarksFile,
  scrubFile,
  scrubResultFile,
} from "../../../platform/internal.ts";
import { eraseOrphanedFiles } from "./orphaned-files.ts";

const unknown = "01890000-0000-7000-8000-000000000000";

async function scene() {
  const folder = aFolder();
  const files = openFiles(folder);
  const ctx = { ...(await aContext()), files };
  const write = (name: FileName) => files.write(name, toChunks("phone\n"));
  const age = async (name: string, hours: number) => {
    const at = new Date(Date.now() - hours * 3_600_000);
    await utimes(path.join(folder, name), at, at);
  };
  /** Erases orphans after the orphans were written, and all files but the fresh ones were made a day old. */
  const sweep = async ({
    kept,
    orphans,
    fresh,
  }: Record<"kept" | "orphans" | "fresh", FileName[]>) => {
    for (const name of [...orphans, ...fresh]) await write(name);
    for (const name of [...kept, ...orphans]) await age(name, 25);
    for (const name of fresh) await age(name, 23);
    await eraseOrphanedFiles({ db, files });
    const left = async (names: readonly FileName[]) =>
      Promise.all(names.map((name) => files.has(name)));
    return { kept: await left(kept), orphans: await left(orphans), fresh: await left(fresh) };
  };
  return { folder, files, ctx, organizationId: ctx.organizationId, write, age, sweep };
}

it("erases files of scrubs that are older than a day and that no row names", async () => {
  const { ctx, organizationId, sweep, write } = await scene();
  const settings = ScrubSettings.parse({ purpose: "marketing.loans" });
  const content = toChunks("phone\n+12015550123\n");
  const { id } = await startScrub(ctx, { fileName: "list.csv", content, settings });
  const worker = { ...ctx, actor: { type: "job", name: "scrub.run" } } as const;
  await runScrub(worker, { scrubId: id, attempt: 2, onProgress });
  const rewritten = FileName.parse(`${organizationId}/scrubs/${id}-rewritten.csv`);
  await write(rewritten);
  expect(
    await sweep({
      kept: [scrubFile(organizationId, id), scrubResultFile(organizationId, id, 2), rewritten],
      orphans: [
        scrubResultFile(organizationId, id, 1),
        scrubFile(organizationId, ScrubId.parse(unknown)),
      ],
      fresh: [scrubResultFile(organizationId, id, 3)],
    }),
  ).toEqual({ kept: [true, true, true], orphans: [false, false], fresh: [true] });
});

it("erases files of imports that are older than a day and that no row names", async () => {
  const { ctx, organizationId, sweep } = await scene();
  const { id } = await anUpload(ctx, "opt_outs", "phone\nnobody\n");
  await runOnce(ctx, id);
  const lost = ImportId.parse(unknown);
  expect(
    await sweep({
      kept: [importFile(organizationId, id), remarksFile(organizationId, id, 1)],
      orphans: [
        importFile(organizationId, lost),
        remarksFile(organizationId, lost, 1),
        remarksFile(organizationId, id, 2),
      ],
      fresh: [importFile(organizationId, ImportId.parse(unknown.replace("0", "1")))],
    }),
  ).toEqual({ kept: [true, true], orphans: [false, false, false], fresh: [true] });
});

it("erases recordings that are older than a day and that no row names", async () => {
  const { ctx, organizationId, sweep } = await scene();
  const content = toChunks("%PDF-1.7\n");
  const { id } = await uploadEvidenceFile(ctx, { kind: "scan", content });
  expect(
    await sweep({
      kept: [evidenceFile(organizationId, id)],
      orphans: [evidenceFile(organizationId, EvidenceFileId.parse(unknown))],
      fresh: [],
    }),
  ).toEqual({ kept: [true], orphans: [false], fresh: [] });
});

it("erases drafts that nobody has written to for a day", async () => {
  const { ctx, folder, files, organizationId, age } = await scene();
  const { id } = await anUpload(ctx, "opt_outs", "phone\nnobody\n");
  const drafts = [
    `${organizationId}/imports/old.csv.draft`,
    `${organizationId}/imports/new.csv.draft`,
  ];
  for (const draft of drafts) await writeFile(path.join(folder, draft), "phone\n");
  await age(drafts[0] ?? "", 25);
  await age(drafts[1] ?? "", 23);
  await eraseOrphanedFiles({ db, files });
  expect((await readdir(path.join(folder, organizationId, "imports"))).toSorted()).toEqual([
    `${id}.csv`,
    "new.csv.draft",
  ]);
});
