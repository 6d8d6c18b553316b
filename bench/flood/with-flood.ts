import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

export type Kind = "whole" | "unfinished";

/** Time until all senders have begun. */
const BEGIN_MS = 1_000;

/** Floods the API from another process while the work runs; returns how the mails were answered. */
export async function withFlood<T>(
  origin: string,
  kind: Kind,
  work: () => Promise<T>,
): Promise<{ result: T; answers: string }> {
  const sender = path.join(import.meta.dirname, "send-flood.ts");
  const child = spawn(process.execPath, [sender, origin, kind], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const answers = text(child.stdout);
  try {
    await pause(BEGIN_MS);
    const result = await work();
    child.kill("SIGTERM");
    return { result, answers: (await answers).trim() };
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}
