import type { Scope } from "@ringfence/core/platform/access";
import { ApiKeyId, OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import type { FindApiKey } from "@ringfence/services/account/api-key";
import { type Options, buildServer } from "../src/server.ts";

const organizationId = OrganizationId.parse("0195a000-0000-7000-8000-000000000001");
const id = ApiKeyId.parse("0195a000-0000-7000-8000-00000000000a");

/** Recognizes one key, `good`. */
const findApiKey: FindApiKey = async (authorization) =>
  authorization === "Bearer good"
    ? { organizationId, actor: { type: "key", id, scopes: ["screen" satisfies Scope] } }
    : null;

/** A database that tests of transport must not reach. */
const noDb = { pool: { totalCount: 0, idleCount: 0, waitingCount: 0 } } as Db;

/** The API in front of verbs that the test mocks. */
export const aServer = (options: Partial<Options> = {}) =>
  buildServer({
    installation: { db: noDb, keys: {} } as Options["installation"],
    findApiKey,
    findReadinessFault: async () => null,
    publicUrl: "https://ringfence.example",
    apiUrl: "https://api.ringfence.example",
    rateLimit: 1_000,
    ...options,
  });

/** Posts a body to a test API with the key that it knows. */
export async function post(
  path: string,
  payload: object | string,
  headers: Record<string, string> = {},
  options: Partial<Options> = {},
) {
  const server = await aServer(options);
  const response = await server.inject({
    method: "POST",
    url: path,
    headers: { authorization: "Bearer good", "content-type": "application/json", ...headers },
    payload,
  });
  return { ...response, answer: response.json() };
}

export const statusAndCode = ({ statusCode, answer }: Awaited<ReturnType<typeof post>>) => [
  statusCode,
  answer.code,
];
