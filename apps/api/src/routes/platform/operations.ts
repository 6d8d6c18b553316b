import type { Message } from "@ringfence/core/platform/message";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { ProblemError } from "../../problem.ts";
import { PATIENCE_MS } from "../../authenticate.ts";
import { within } from "../../within.ts";

const Health = z.object({ status: z.literal("ok") }).meta({ id: "Health" });
const ok = { status: "ok" } as const;

/**
 * Finds what keeps the service from answering; null if nothing does. Rejects when the database is
 * away.
 */
export type FindHindrance = () => Promise<Message | null>;

/** Routes for whoever starts and monitors the process. */
export const operationRoutes: FastifyPluginAsyncZod<{ findHindrance: FindHindrance }> = async (
  server,
  { findHindrance },
) => {
  const tags = ["Operations"];

  server.get(
    "/healthz",
    {
      schema: {
        tags,
        operationId: "isAlive",
        summary: "Check whether the process runs",
        response: { 200: Health },
      },
    },
    () => ok,
  );

  server.get(
    "/readyz",
    {
      schema: {
        tags,
        operationId: "isReady",
        summary: "Check whether the database is reachable and migrated",
        response: { 200: Health },
      },
    },
    async () => {
      const hindrance = await within(PATIENCE_MS, findHindrance());
      if (hindrance !== null) throw new ProblemError("cannot-check", hindrance);
      return ok;
    },
  );
};
