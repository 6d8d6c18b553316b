import path from "node:path";
import { loadOrCreateSecret } from "@ringfence/db/postgres";
import type { Demo, DemoPhones } from "../demo/demo.ts";
import { openInstallationKeys } from "./installation-keys.ts";
import type { InstallationSettings } from "./installation-settings.ts";

export type OpenDemo = {
  /** Host of the demo's registry, which the worker must be allowed to reach. */
  registryHost: string;
  /** Syncs the registry, which needs a running worker, and returns the phones to try. */
  syncAndChoosePhones: () => Promise<Demo & DemoPhones>;
  close: () => Promise<void>;
};

/** Database into which the demo is loaded. */
type DemoDatabase = {
  url: string;
  /**
   * Address of the database's owner, which creating the demo's year needs; null to leave the year out. The year's files
   * need a folder.
   */
  ownerUrl: string | null;
};

/** Loads the demo into an embedded database, and serves its registry. */
export async function openDemo(
  { url, ownerUrl }: DemoDatabase,
  settings: InstallationSettings,
): Promise<OpenDemo> {
  // Import late: on a fresh clone the database client is generated first.
  const { openDb } = await import("@ringfence/db");
  const { demoContext, seed } = await import("../demo/seed.ts");
  const { serveRegistry } = await import("../demo/serve-registry.ts");
  const { syncRegistry } = await import("../demo/sync-registry.ts");
  const { choosePhones } = await import("../demo/choose-phones.ts");
  const { loadYear } = await import("../demo/year/year.ts");
  const { openFiles } = await import("@ringfence/services/platform/files");

  const db = openDb(url);
  const installation = {
    db,
    keys: await openInstallationKeys(db, settings),
  };
  const ctx = demoContext(installation);
  const demo = await seed(installation, loadOrCreateApiSecret(settings.stateFolder));
  const isFolder = !settings.RINGFENCE_FILES.startsWith("s3://");
  if (ownerUrl !== null && isFolder) {
    await loadYear({ ...ctx, files: openFiles(settings.RINGFENCE_FILES) }, ownerUrl);
  }
  const registry = await serveRegistry();
  return {
    registryHost: registry.host,
    async syncAndChoosePhones() {
      await syncRegistry(ctx, registry.url);
      return { ...demo, ...(await choosePhones(ctx, demo.seller)) };
    },
    async close() {
      registry.close();
      await installation.db.close();
    },
  };
}

/** Returns the secret of the demo's API key, the same at every start. */
export const loadOrCreateApiSecret = (stateFolder: string) =>
  Buffer.from(loadOrCreateSecret(path.join(stateFolder, "demo-api-secret")), "base64url");
