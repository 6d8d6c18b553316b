import type { Keys } from "@ringfence/services/keys";
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

/** The public half of what signs permits, for dialers that check them without us. */
export const keyRoutes: FastifyPluginAsyncZod<{ keys: Keys }> = async (server, { keys }) => {
  server.get(
    "/.well-known/jwks.json",
    {
      schema: {
        tags: ["Screening"],
        operationId: "permitKeys",
        summary: "The public key that permits are checked with offline",
        response: { 200: KeySet },
      },
    },
    () => ({ keys: [keys.permit.publicKey] }),
  );
};
