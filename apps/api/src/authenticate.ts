import type { ApiKey, FindApiKey } from "@ringfence/services/account/api-key";
import { countRequests } from "@ringfence/services/count-requests";
import type { FileContext, Installation } from "@ringfence/services/context";
import type { FastifyInstance, FastifyReply } from "fastify";
import { ProblemError, keyInvalid, signatureInvalid } from "./problem.ts";
import { checkSignedBodies, readSignature } from "./signed-requests.ts";
import { DATABASE_TIMEOUT_MS, within } from "./within.ts";

/** The parts of the installation that the API opens once, at startup. */
export type FileInstallation = Installation & Pick<FileContext, "files">;

/** Context of an API request, whose actor is a key. */
export type KeyContext = FileContext & Pick<ApiKey, "actor">;

declare module "fastify" {
  interface FastifyRequest {
    /** Set by the first hook of routes that need a key; null on other routes. */
    keyContext: KeyContext | null;
  }
  interface FastifyContextConfig {
    /** Exempt from the rate limit, so that no person's opt-out is lost to it. */
    isUnlimited?: boolean;
    /**
     * The verb itself checks that the key is still valid, in the statement that decides. The key may therefore come
     * from this process's memory. Set it only for such verbs: with others, a revoked key would still work for a
     * moment.
     */
    verbAsksForKey?: boolean;
  }
}

const WINDOW_SECONDS = 10;

export type AuthenticateOptions = {
  installation: FileInstallation;
  findApiKey: FindApiKey;
  /** Origin of the API, as callers know it. It is part of the address that a signature covers. */
  apiUrl: string;
  /** The most requests of one key in ten seconds. Each process counts its own. */
  rateLimit: number;
};

/**
 * Has every route of a scope require an API key, and sets `keyContext` by it. The key alone decides whose data a
 * request concerns and on whose behalf it acts; what it may do is checked by the verb. A request without a valid key
 * is refused before its body is read, and so is one above the key's rate limit unless the route is exempt.
 */
export function authenticate(
  server: FastifyInstance,
  { installation, findApiKey, apiUrl, rateLimit: limit }: AuthenticateOptions,
) {
  const countRequest = countRequests(limit, WINDOW_SECONDS, () => performance.now());
  server.decorateRequest("keyContext", null);

  server.addHook("onRequest", async (request, reply) => {
    const { isUnlimited = false, verbAsksForKey: mayBeHeld = false } = request.routeOptions.config;
    const { headers, clientAddress: address } = request;
    const { signature, faults } = readSignature(request, apiUrl);
    const lookup = findApiKey(headers.authorization, { address, mayBeHeld, signature });
    const key = await within(DATABASE_TIMEOUT_MS, lookup);
    if (key === null) throw faults.length > 0 ? signatureInvalid(faults) : keyInvalid();
    if (key.actor.isSigned) request.signedDigest = signature?.bodyDigest ?? null;
    request.keyContext = { ...installation, organizationId: key.organizationId, actor: key.actor };
    if (!isUnlimited) spend(reply, key.actor.id);
  });

  checkSignedBodies(server);

  /**
   * Counts a request of a key, and states what is left of its limit in the headers of
   * draft-ietf-httpapi-ratelimit-headers-10. Throws once the limit is exceeded.
   */
  function spend(reply: FastifyReply, keyId: string) {
    const { isSpent, remaining, resetSeconds } = countRequest(keyId);
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

/** Returns the context of an authenticated request. Throws for any other, which is a bug. */
export function requireContext({ keyContext }: { keyContext: KeyContext | null }): KeyContext {
  if (keyContext === null)
    throw new Error("a route that does not authenticate asks for the context of a key");
  return keyContext;
}
