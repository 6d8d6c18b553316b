import { setTimeout as wait } from "node:timers/promises";
import { CannotStart } from "@ringfence/db/postgres";

/** Resolves when an address answers with anything but a server error. */
export async function waitForAnswer(url: string, { timeoutMs = 60_000 } = {}) {
  let lastStatus = "nothing";
  for (
    const startedAt = performance.now();
    performance.now() - startedAt < timeoutMs;
    await wait(50)
  ) {
    const status = await fetch(url, { redirect: "manual" }).then(
      (response) => response.status,
      () => null,
    );
    if (status !== null && status < 500) return;
    if (status !== null) lastStatus = String(status);
  }
  throw new CannotStart(
    `${url} did not answer in ${timeoutMs / 1000} s (${lastStatus}): what its program says is above.`,
  );
}
