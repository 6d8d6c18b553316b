import type { Keys } from "@ringfence/services/platform/keys";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";

const KeySet = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal("OKP"),
        crv: z.literal("Ed25519"),
        x: z.string(),
        kid: z.string(),
        use: z.literal("sig"),
        alg: z.literal("EdDSA"),
      }),
    ),
  })
  .meta({ id: "KeySet", description: "A JWK set (RFC 7517)." });

/** Serves the public keys that verify permits and statements, for checks without us. */
export const keyRoutes: FastifyPluginAsyncZod<{ keys: Keys }> = async (server, { keys }) => {
  server.get(
    "/.well-known/jwks.json",
    {
      schema: {
        tags: ["Screening"],
        operationId: "permitKeys",
        summary: "Get the public keys to verify permits and statements offline",
        response: { 200: KeySet },
      },
    },
    () => {
      const named = { kty: "OKP", crv: "Ed25519", use: "sig", alg: "EdDSA" } as const;
      const published = [...keys.permitKeys, ...keys.statementKeys];
      return { keys: published.map(({ id: kid, x }) => ({ ...named, x, kid })) };
    },
  );
};
