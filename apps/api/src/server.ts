import type { Db } from "@ringfence/db";
import fastify from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import { answerErrors, internal } from "./problems.ts";

type Options = { db: Pick<Db, "pool">; logger?: boolean };

export function buildServer({ db, logger = false }: Options) {
  const server = fastify({ bodyLimit: 64 * 1024, logger });
  server.setValidatorCompiler(validatorCompiler);
  server.setErrorHandler(answerErrors(internal));

  server.get("/healthz", () => ({ status: "ok" }));
  server.get("/readyz", async () => {
    await db.pool.query("SELECT 1");
    return { status: "ok" };
  });
  return server;
}
