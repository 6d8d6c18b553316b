import { utimes } from "node:fs/promises";
import path from "node:path";
import { ScrubId } from "@ringfence/core/ids";
import { ScrubSettings } from "@ringfence/core/calling/scrub";
import { aFolder } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { onProgress, toChunks } from "../../../testing/scrubs.ts";
import { FileName, openFiles } from "../../platform/files/index.ts";
import { scrubFile, scrubResultFile } from "../../platform/internal.ts";
import { eraseOrphanScrubFiles } from "./orphans.ts";
import { runScrub } from "./run.ts";
import { startScrub } from "./start.ts";

async function scene() {
  const folder = aFolder();
  const files = openFiles(folder);
  const ctx = { ...(await aContext()), files };
  const { organizationId } = ctx;
  const settings = ScrubSettings.parse({ purpose: "marketing.loans" });
  const content = toChunks("phone\n+12015550123\n");
  const { id } = await startScrub(ctx, { fileName: "list.csv", content, settings });
  const worker = { ...ctx, actor: { type: "job", name: "scrub.run" } } as const;
  await runScrub(worker, { scrubId: id, attempt: 2, onProgress });
  const write = (name: FileName) => files.write(name, toChunks("phone\n"));
  const age = async (name: FileName, hours: number) => {
    const at = new Date(Date.now() - hours * 3_600_000);
    await utimes(path.join(folder, name), at, at);
  };
  return { files, organizationId, id, write, age };
}

it("erases files older than a day that no row names, and keeps newer files and those of scrubs", async () => {
  const { files, organizationId, id, write, age } = await scene();
  const unknown = ScrubId.parse("01890000-0000-7000-8000-000000000000");
  const kept = [scrubFile(organizationId, id), scrubResultFile(organizationId, id, 2)];
  const orphans = [scrubResultFile(organizationId, id, 1), scrubFile(organizationId, unknown)];
  const fresh = scrubResultFile(organizationId, id, 3);
  const other = FileName.parse(`${organizationId}/scrubs/${id}-rewritten.csv`);
  for (const name of [...orphans, fresh, other]) await write(name);
  for (const name of [...kept, ...orphans, other]) await age(name, 25);
  await age(fresh, 23);

  await eraseOrphanScrubFiles({ db, files });

  const left = async (names: readonly FileName[]) =>
    Promise.all(names.map((name) => files.has(name)));
  expect(await left([...kept, fresh, other])).toEqual([true, true, true, true]);
  expect(await left(orphans)).toEqual([false, false]);
});
