import type { AddressInfo, Server } from "node:net";
import type { Actor, Scope } from "@ringfence/core/platform/access";
import type { Db } from "@ringfence/db";
import { aFolder, anOrganization } from "@ringfence/db/testing";
import { createApiKeyFinder, makeApiKey } from "@ringfence/services/account/api-key";
import { openFiles } from "@ringfence/services/platform/files";
import { db, keys } from "@ringfence/services/testing";
import { afterAll } from "vitest";
import { buildServer, type Options } from "../src/server.ts";

export const owner: Actor = {
  type: "member",
  id: "ada",
  role: "owner",
  sellerIds: [],
  isProven: true,
};

export const filesFolder = aFolder();
export const files = openFiles(filesFolder);

/** The API on a free port, or on one that the test chose, in front of a real database. */
export async function aListeningServer(options: Partial<Options> = {}, chosenPort = 0) {
  const server = await buildServer({
    installation: { db, keys, files },
    findApiKey: createApiKeyFinder(db),
    findReadinessFault: async () => null,
    publicUrl: "https://ringfence.example",
    apiUrl: "https://api.ringfence.example",
    rateLimit: 100_000,
    ...options,
  });
  await server.listen({ host: "127.0.0.1", port: chosenPort });
  afterAll(() => server.close());
  const port = readPort(server.server);
  return { server, port, url: `http://127.0.0.1:${port}` };
}

/** The same, with FastAGI on another port. */
export async function aServerWithAgi(options: Partial<Options> = {}) {
  const listening = await aListeningServer({ ...options, agi: { host: "127.0.0.1", port: 0 } });
  const { agi } = listening.server;
  if (agi === null) throw new Error("no FastAGI is spoken");
  return { ...listening, agi, agiPort: readPort(agi) };
}

const readPort = (server: Server) => (server.address() as AddressInfo).port;

/** A new organization and a key to it. */
export const aKey = (...scopes: Scope[]) => aKeyIn(db, ...scopes);

/** The same in another database. */
export async function aKeyIn(db: Db, ...scopes: Scope[]) {
  const organizationId = await anOrganization(db);
  const ctx = { db, keys, organizationId, actor: owner };
  const { id, key } = await makeApiKey(ctx, { reason: "It calls for us.", name: "Dialer", scopes });
  return { ctx, id, key, authorization: `Bearer ${key}` };
}
