import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { AFTER_REGISTRIES } from "@ringfence/core/do-not-call/blocked-list";
import { aFolder } from "@ringfence/db/testing";
import {
  openBlockedList,
  setBlockedList,
  writeBlockedList,
} from "../src/do-not-call/blocked-list/index.ts";
import { createWebhook } from "../src/do-not-call/endpoint/index.ts";
import { openFiles } from "../src/platform/files/index.ts";
import { aContext, as } from "./scenes.ts";

/** An organization that has its blocked list written, and what a test needs to look at it. */
export async function aBlockedList() {
  const folder = aFolder();
  const ctx = { ...(await aContext()), files: openFiles(folder) };
  const place = path.join(folder, ctx.organizationId, "blocked");
  const asOwner = { ...as(ctx, "owner"), files: ctx.files };
  await setBlockedList(asOwner, {
    schedule: AFTER_REGISTRIES,
    reason: "The dialer keeps its own list.",
  });
  const asJob = { ...ctx, actor: { type: "job", name: "blocked-list.write" } } as const;
  const url = "https://dialer.example/hook";
  return {
    ctx,
    asOwner,
    organizationId: ctx.organizationId,
    /** Writes the list, with slow files or another database if the test needs them. */
    write: (tools: Partial<Pick<typeof ctx, "db" | "files">> = {}) =>
      writeBlockedList({ ...asJob, ...tools }),
    hears: () =>
      createWebhook(asOwner, {
        reason: "The dialer keeps its own list.",
        name: "Dialer",
        url,
        events: ["blocked-list.changed"],
      }),
    /** Reads the lines of the whole list, or of what an edition changed. */
    readLines: async (edition?: number) => {
      const { content } = await openBlockedList(ctx, edition === undefined ? {} : { edition });
      const chunks: Uint8Array[] = [];
      for await (const chunk of content ?? []) chunks.push(chunk);
      return Buffer.concat(chunks).toString().trimEnd().split("\r\n");
    },
    listFiles: async () => (await readdir(place)).toSorted(),
    eraseAll: () => rm(place, { recursive: true }),
    /** Puts empty files into the folder of the list that belong to no edition. */
    leave: async (...names: string[]) => {
      await mkdir(place, { recursive: true });
      for (const name of names) await writeFile(path.join(place, name), "");
    },
  };
}
