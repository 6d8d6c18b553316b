import { openDb } from "@ringfence/db";
import { env } from "./env.ts";
import { buildServer } from "./server.ts";

const db = openDb(env.DATABASE_URL);
const server = buildServer({ db, logger: true });
server.addHook("onClose", () => db.close());
await server.listen({ port: env.API_PORT, host: env.HOST });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void server.close());
}
