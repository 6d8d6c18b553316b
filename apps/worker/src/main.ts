import { openDb } from "@ringfence/db";
import { openFiles } from "@ringfence/services/files";
import { openKeys } from "@ringfence/services/keys";
import { env } from "./env.ts";
import { jobs } from "./jobs/jobs.ts";
import { openPost } from "./post/open-post.ts";
import { startWorker } from "./start-worker.ts";

const db = openDb(env.DATABASE_URL);
const worker = await startWorker({
  databaseUrl: env.DATABASE_URL,
  db,
  keys: openKeys(env.RINGFENCE_KEY_DIR),
  files: openFiles(env.RINGFENCE_FILES),
  sources: {
    registriesFolder: env.RINGFENCE_REGISTRIES ?? null,
    privateHosts: env.RINGFENCE_PRIVATE_HOSTS,
    chromium: env.CHROMIUM ?? null,
  },
  post: openPost(env),
  publicUrl: env.PUBLIC_URL,
  jobs,
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void worker.stop().then(() => db.close()));
}
