import { run } from "graphile-worker";
import { env } from "./env.ts";

const runner = await run({
  connectionString: env.DATABASE_URL,
  noHandleSignals: true,
  taskList: {},
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void runner.stop());
}
