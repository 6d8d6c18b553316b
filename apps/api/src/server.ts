import fastify from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import { answerErrors, internal } from "./problems.ts";

type Options = { logger?: boolean };

export function buildServer({ logger = false }: Options) {
  const server = fastify({ bodyLimit: 64 * 1024, logger });
  server.setValidatorCompiler(validatorCompiler);
  server.setErrorHandler(answerErrors(internal));
  return server;
}
