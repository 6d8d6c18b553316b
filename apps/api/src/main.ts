import { openDb } from "@ringfence/db";
import { isMigrated } from "@ringfence/db/migrate";
import { apiKeysOf } from "@ringfence/services/api-key";
import { openFiles } from "@ringfence/services/files";
import { openKeys } from "@ringfence/services/keys";
import { env } from "./env.ts";
import { logger } from "./log.ts";
import { buildServer } from "./server.ts";

/** For what is being answered when we are told to stop. */
const GRACE_MS = 10_000;

const db = openDb(env.DATABASE_URL);
const server = await buildServer({
  installation: {
    db,
    keys: openKeys(env.RINGFENCE_KEY_DIR),
    files: openFiles(env.RINGFENCE_FILES),
  },
  findApiKey: apiKeysOf(db),
  findHindrance: async () => ((await isMigrated(db)) ? null : { key: "error.database-behind" }),
  publicUrl: env.PUBLIC_URL,
  rateLimit: env.API_RATE_LIMIT,
  metricsToken: env.METRICS_TOKEN,
  trustProxy: env.TRUST_PROXY,
  logger,
});
server.addHook("onClose", () => db.close());
await server.listen({ host: env.HOST, port: env.API_PORT });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    void server.close();
  });
}
