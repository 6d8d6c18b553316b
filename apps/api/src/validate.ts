import { toFaults } from "@ringfence/core/platform/message";
import type { FastifySchemaCompiler } from "fastify";
import type { z } from "zod";
import { ProblemError } from "./problem.ts";

/** Nobody reads more. */
const MAX_FAULTS = 100;

/** Validates a request against its zod schema, and turns the issues into sentences. */
export const validate: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (input) => {
    const { success, data, error } = schema.safeParse(input);
    if (success) return { value: data };
    const faults = toFaults(error, input).slice(0, MAX_FAULTS);
    return {
      error: new ProblemError("invalid-request", { key: "error.invalid-request" }, { faults }),
    };
  };
