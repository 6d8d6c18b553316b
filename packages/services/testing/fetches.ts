import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { openFiles } from "../src/platform/files/index.ts";
import { startFetch } from "../src/do-not-call/registry/index.ts";
import { aRegistry } from "./registries.ts";
import { aContext } from "./scenes.ts";

export const job = { type: "job", name: "registry.sync" } as const;

/** Creates a registry with a started fetch of its full list, and a worker of another organization. */
export async function aFetch() {
  const { ctx: root, asOfficer, registryId } = await aRegistry();
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-fetches-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = openFiles(folder);
  const ctx = { ...root, files };
  const stranger = { ...(await aContext(job)), files };
  const begun = await startFetch(ctx, { registryId, revision: 1, kind: "full" });
  return {
    ctx,
    asOfficer: { ...asOfficer, files },
    stranger,
    registryId,
    begun,
    fetchId: begun.id,
  };
}

export async function* toContent(text: string) {
  yield Buffer.from(text);
}
