import type { ServerResponse } from "node:http";
import type { Db } from "@ringfence/db";
import { openFiles } from "@ringfence/services/platform/files";
import { syncRegistry } from "../src/jobs/do-not-call/sync-registry.ts";
import { aFolder } from "./folder.ts";
import { noMessages } from "./no-messages.ts";
import { aConnectedRegistry, fullList, someKeys } from "./registry.ts";
import { serve } from "./serve.ts";

/** A registry whose publisher answers as the test says, and a worker that reads it. */
export async function aPublishedRegistry(
  db: Db,
  answer: (response: ServerResponse) => void = (response) => response.end(fullList(3)),
) {
  const publisher = { answer };
  const { url, host, asked } = await serve((_, response) => publisher.answer(response));
  const registry = await aConnectedRegistry(db, url);
  const keys = someKeys();
  const files = openFiles(await aFolder());
  const sources = { registriesFolder: await aFolder(), privateHosts: [host] };
  const perform = (runId: string, signal = new AbortController().signal, by = db) =>
    syncRegistry.perform(
      { organizationId: registry.organizationId, runId },
      { db: by, keys, files, sources, worker: "a", signal, ...noMessages },
    );
  const syncAgain = async () => {
    const { runId, shownRun } = await registry.again();
    await perform(runId);
    return shownRun();
  };
  return { ...registry, publisher, asked, sources, files, perform, syncAgain };
}
