import path from "node:path";
import { keptSecret } from "@ringfence/db/postgres";
import type { Demo, DemoPhones } from "../demo/demo.ts";
import { openHouseKeys } from "./house-keys.ts";
import type { HouseSettings } from "./house-settings.ts";

export type OpenDemo = {
  /** Host of the demo's registry, which the worker must be allowed to reach. */
  registryHost: string;
  /** Has the registry read, once a worker runs, and returns which phones to try. */
  ready: () => Promise<Demo & DemoPhones>;
  close: () => Promise<void>;
};

/** Loads the demo into an embedded database, and serves its registry. */
export async function openDemo(databaseUrl: string, settings: HouseSettings): Promise<OpenDemo> {
  // Import late: on a fresh clone the database client is generated first.
  const { openDb } = await import("@ringfence/db");
  const { demoContext, seed } = await import("../demo/seed.ts");
  const { serveRegistry } = await import("../demo/serve-registry.ts");
  const { syncRegistry } = await import("../demo/sync-registry.ts");
  const { choosePhones } = await import("../demo/choose-phones.ts");

  const db = openDb(databaseUrl);
  const installation = {
    db,
    keys: await openHouseKeys(db, settings),
  };
  const ctx = demoContext(installation);
  const demo = await seed(installation, keepApiSecret(settings.stateFolder));
  const registry = await serveRegistry();
  return {
    registryHost: registry.host,
    async ready() {
      await syncRegistry(ctx, registry.url);
      return { ...demo, ...(await choosePhones(ctx, demo.seller)) };
    },
    async close() {
      registry.close();
      await installation.db.close();
    },
  };
}

/** Secret of the demo's API key, the same at every start. */
export const keepApiSecret = (stateFolder: string) =>
  Buffer.from(keptSecret(path.join(stateFolder, "demo-api-secret")), "base64url");
