import { ProofView, readProof } from "@ringfence/services/proof/ledger";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { contextOf } from "../../authenticate.ts";

export const proofRoutes: FastifyPluginAsyncZod = async (server) => {
  server.get(
    "/proofs/:id",
    {
      config: { action: "proof.read" },
      schema: {
        tags: ["Proofs"],
        operationId: "readProof",
        summary: "What proves a statement, or a screening, to anyone and without us",
        description:
          "`id` is that of a statement, as answers name it, or of a screening. `spicy` is what Debian's " +
          "`spicy-litetlog -verify` reads beside a file with the bytes of `leaf`.",
        params: z.object({ id: z.string() }),
        response: { 200: ProofView },
      },
    },
    (request) => readProof(contextOf(request), request.params.id),
  );
};
