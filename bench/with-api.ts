import { once } from "node:events";
import getPort from "get-port";
import { runApp } from "./run-app.ts";

/** Runs the API of a checkout, ours if none is named, as in production; keys and files lie in `folder`. */
export async function withApi<T>(
  databaseUrl: string,
  folder: string,
  work: (origin: string, pid: number) => Promise<T>,
  checkout?: string,
): Promise<T> {
  const port = String(await getPort());
  const more = {
    API_PORT: port,
    API_RATE_LIMIT: "100000000",
    PUBLIC_URL: "https://calls.example.com",
    API_URL: "https://api.calls.example.com",
    TRUST_PROXY: "none",
  };
  return runApp("api", { databaseUrl, folder, more, checkout }, async ({ stdout, pid }, ended) => {
    if (stdout === null || pid === undefined) throw new Error("the API has no log");
    // The API prints a line to its log when it listens.
    await Promise.race([
      once(stdout, "data"),
      ended.then(() => Promise.reject(new Error("the API did not start"))),
    ]);
    stdout.resume();
    return await work(`http://127.0.0.1:${port}`, pid);
  });
}
