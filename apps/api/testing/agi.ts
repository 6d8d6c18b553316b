import type { AddressInfo } from "node:net";
import { createApiKeyFinder } from "@ringfence/services/account/api-key";
import { db, keys } from "@ringfence/services/testing";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import { fastify } from "fastify";
import { afterAll } from "vitest";
import { openAgi } from "../src/agi/agi-server.ts";
import type { AgiOptions } from "../src/agi/screen-environment.ts";
import { callAgi } from "./asterisk.ts";
import { aKey, files } from "./listening.ts";

/** The FastAGI server alone, and a channel that calls it. */
export async function anAgi(options: Partial<AgiOptions> = {}) {
  const { log } = fastify();
  const server = await openAgi({ host: "127.0.0.1", port: 0 }, log, {
    installation: { db, keys, files },
    findApiKey: createApiKeyFinder(db),
    countScreening: () => undefined,
    ...options,
  });
  afterAll(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { port, call: (...args: string[]) => callAgi(port, args) };
}

/** A number that may be called, as dialplan arguments. */
export async function aCallableCall() {
  const { ctx, id: apiKeyId, key, authorization } = await aKey("screen");
  const callable = await aCallablePhone(ctx);
  return {
    ctx,
    apiKeyId,
    ...callable,
    key: `key=${key}`,
    to: `phone=${callable.phone}`,
    authorization,
  };
}

/** The last lines of the conversation of a refused call. */
export const refused = (...reasons: string[]) => ({
  variables: {
    RINGFENCE_VERDICT: "refuse",
    RINGFENCE_REASONS: reasons.join(" "),
    RINGFENCE_PERMIT: "",
    RINGFENCE_PHONE: "",
  },
  isHungUp: true,
});
