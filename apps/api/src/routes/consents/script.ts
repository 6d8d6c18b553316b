import { script } from "@ringfence/capture/script";
import type { FastifyPluginAsync } from "fastify";

/** Serves `consent.js`, which any page may load and pin by its hash (Subresource Integrity). */
export const scriptRoutes: FastifyPluginAsync = async (server) => {
  server.get("/consent.js", { schema: { hide: true } }, (_, reply) =>
    reply
      .type("text/javascript; charset=utf-8")
      .headers({
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
        "cache-control": "public, max-age=3600",
      })
      .send(script.code),
  );
};
