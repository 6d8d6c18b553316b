import { ProofView, readProof } from "@ringfence/services/proof/ledger";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { requireContext } from "../../authenticate.ts";

export const proofRoutes: FastifyPluginAsyncZod = async (server) => {
  server.get(
    "/proofs/:id",
    {
      config: { action: "proof.read" },
      schema: {
        tags: ["Proofs"],
        operationId: "readProof",
        summary: "Get the proof of a statement or a screening, which anyone can verify without us",
        description:
          "`id` is the id of a statement, as answers give it, or of a screening. `spicy` is what Debian's " +
          "`spicy-litetlog -verify` reads next to a file with the bytes of `leaf`.",
        params: z.object({ id: z.string() }),
        response: { 200: ProofView },
      },
    },
    (request) => readProof(requireContext(request), request.params.id),
  );
};
