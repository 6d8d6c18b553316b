import { randomBytes } from "node:crypto";
import getPort from "get-port";
import { waitForAnswer } from "../../tooling/supervisor/wait-for-answer.ts";
import { runApp } from "../run-app.ts";

/** Runs the pages as in production, and does the work once they answer. Keys and files lie in `folder`. */
export async function withWeb<T>(
  databaseUrl: string,
  folder: string,
  work: (origin: string) => Promise<T>,
): Promise<T> {
  const port = String(await getPort());
  const origin = `http://127.0.0.1:${port}`;
  const more = {
    PORT: port,
    HOSTNAME: "127.0.0.1",
    PUBLIC_URL: origin,
    API_URL: "https://api.calls.example.com",
    TRUST_PROXY: "none",
    AUTH_SECRET: randomBytes(32).toString("base64url"),
  };
  return runApp("web", { databaseUrl, folder, more }, async ({ stdout }) => {
    stdout?.resume();
    await waitForAnswer(`${origin}/sign-in`);
    return work(origin);
  });
}
