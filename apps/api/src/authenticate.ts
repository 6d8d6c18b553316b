import type { ApiKey, FindApiKey } from "@ringfence/services/account/api-key";
import { countRequests } from "@ringfence/services/count-requests";
import type { FileContext, Installation } from "@ringfence/services/context";
import type { FastifyInstance, FastifyReply } from "fastify";
import { keyInvalid, ProblemError } from "./problem.ts";
import { within } from "./within.ts";

/** What the door opens once, as it starts. */
export type FileInstallation = Installation & Pick<FileContext, "files">;

/** A context of the machine door: its actor is a key. */
export type KeyContext = FileContext & Pick<ApiKey, "actor">;

declare module "fastify" {
  interface FastifyRequest {
    /** Of requests below /v1, from their first hook on. */
    keyContext: KeyContext | null;
  }
  interface FastifyContextConfig {
    /** Never refused for its number: a refusal by a person is not lost to a limit. */
    isUnlimited?: boolean;
    /** The verb asks itself whether the key still stands, in the statement that decides. */
    verbAsksForKey?: boolean;
  }
}

const WINDOW_SECONDS = 10;
/** How long a request waits for the database before it is told that there is none. */
export const PATIENCE_MS = 1_000;

export type AuthenticateOptions = {
  installation: FileInstallation;
  findApiKey: FindApiKey;
  /** Requests of one key in ten seconds. */
  rateLimit: number;
};

/** Whose data a request is about, and on whose behalf it comes, is for its key to say alone. */
export function authenticate(
  server: FastifyInstance,
  { installation, findApiKey, rateLimit: limit }: AuthenticateOptions,
) {
  const take = countRequests(limit, WINDOW_SECONDS, () => performance.now());
  server.decorateRequest("keyContext", null);

  server.addHook("onRequest", async (request, reply) => {
    const { isUnlimited = false, verbAsksForKey: mayBeHeld = false } = request.routeOptions.config;
    const asked = findApiKey(request.headers.authorization, { mayBeHeld });
    const key = await within(PATIENCE_MS, asked);
    if (key === null) throw keyInvalid();
    request.keyContext = { ...installation, organizationId: key.organizationId, actor: key.actor };
    if (!isUnlimited) spend(reply, key.actor.id);
  });

  /** draft-ietf-httpapi-ratelimit-headers-10. */
  function spend(reply: FastifyReply, keyId: string) {
    const { isSpent, remaining, resetSeconds } = take(keyId);
    reply.header("ratelimit-policy", `"key";q=${limit};w=${WINDOW_SECONDS}`);
    reply.header("ratelimit", `"key";r=${remaining};t=${resetSeconds}`);
    if (!isSpent) return;
    throw new ProblemError(
      "rate-limited",
      {
        key: "error.rate-limited",
        values: { limit, window: WINDOW_SECONDS, seconds: resetSeconds },
      },
      { headers: { "retry-after": String(resetSeconds) } },
    );
  }
}

/** The context of a request that was authenticated; of another, a bug. */
export function contextOf({ keyContext }: { keyContext: KeyContext | null }): KeyContext {
  if (keyContext === null) throw new Error("a route outside /v1 asks for a key");
  return keyContext;
}
