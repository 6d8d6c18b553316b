// Program: `found-world.ts CHECKOUT SETTINGS`. Migrates a database by the code of a checkout, and makes an organization
// there, with people who may be called, a key and a webhook. Everything is that version's work. Writes what clients need
// to a file. SETTINGS is a `FoundSettings` in JSON.
import { writeFileSync } from "node:fs";
import path from "node:path";
import type * as database from "@ringfence/db";
import type * as migrations from "@ringfence/db/migrate";
import type * as endpoints from "@ringfence/services/do-not-call/endpoint";
import type * as worlds from "../../consistency/world.ts";

export type FoundSettings = {
  urls: { ownerUrl: string; url: string };
  /** Folder of keys and files. */
  folder: string;
  /** Address of the webhook's receiver. */
  receiver: string;
  /** File that is written, with a `FoundWorld`. */
  file: string;
};

export type FoundWorld = {
  url: string;
  acrossUrl: string;
  key: string;
  people: worlds.Person[];
  /** IDs of the events of their consents, which were written without statements for the ledger. */
  consents: string[];
};

const [checkout = "", text = ""] = process.argv.slice(2);
const { urls, folder, receiver, file }: FoundSettings = JSON.parse(text);
const importFrom = (module: string) => import(path.join(checkout, module));
const { migrate }: typeof migrations = await importFrom("packages/db/src/migrate.ts");
const { openDb }: typeof database = await importFrom("packages/db/src/client.ts");
const { createWorld }: typeof worlds = await importFrom("consistency/world.ts");
const { createWebhook }: typeof endpoints = await importFrom(
  "packages/services/src/do-not-call/endpoint/index.ts",
);

const { url, acrossUrl } = await migrate(urls);
const db = openDb(url, acrossUrl);
const { ctx, key, people } = await createWorld(db, folder);
await createWebhook(Object.assign(ctx, { privateHosts: [new URL(receiver).host] }), {
  name: "dialer",
  url: receiver,
  events: ["opt-out.recorded"],
  reason: "It must know who refused.",
});
const consents = await db.prisma.consentEvent.findMany({ select: { id: true } });
const world: FoundWorld = {
  url,
  acrossUrl,
  key,
  people,
  consents: consents.map(({ id }) => id),
};
writeFileSync(file, JSON.stringify(world));
await db.close();
