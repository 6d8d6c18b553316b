import { openDb } from "@ringfence/db";

const db = openDb(process.env.DATABASE_URL ?? "");
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void db.close());
}
