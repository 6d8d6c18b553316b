import { setTimeout as wait } from "node:timers/promises";
import { CannotStart } from "@ringfence/db/postgres";

/** Resolves when an address answers with anything but a server error. */
export async function answered(url: string, { patienceMs = 60_000 } = {}) {
  let last = "nothing";
  for (const begun = performance.now(); performance.now() - begun < patienceMs; await wait(50)) {
    const status = await fetch(url, { redirect: "manual" }).then(
      (response) => response.status,
      () => null,
    );
    if (status !== null && status < 500) return;
    if (status !== null) last = String(status);
  }
  throw new CannotStart(
    `${url} did not answer in ${patienceMs / 1000} s (${last}): what its program says is above.`,
  );
}
