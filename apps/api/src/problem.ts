import { ACCEPTED_SIGNATURE } from "@ringfence/core/account/api-key";
import { type Fault, type Message, toFaults } from "@ringfence/core/platform/message";
import { z } from "zod";
import type { FastifySchemaCompiler } from "fastify";

const ProblemCode = z.enum([
  "invalid-request",
  "key-invalid",
  "signature-invalid",
  "scope-missing",
  "not-found",
  "conflict",
  "idempotency-conflict",
  "idempotency-running",
  "too-large",
  "unsupported-media-type",
  "unprocessable",
  "rate-limited",
  "internal",
  "cannot-check",
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** Every problem answer and its status (RFC 9110). */
export const problemStatus = {
  "invalid-request": 400,
  "key-invalid": 401,
  "signature-invalid": 401,
  "scope-missing": 403,
  "not-found": 404,
  conflict: 409,
  "idempotency-conflict": 409,
  "idempotency-running": 409,
  "too-large": 413,
  "unsupported-media-type": 415,
  unprocessable: 422,
  "rate-limited": 429,
  internal: 500,
  "cannot-check": 503,
} as const satisfies Record<ProblemCode, number>;

export const PROBLEM_TYPE = "application/problem+json; charset=utf-8";

/** RFC 9457. Programs read `code`, people `detail`. */
export const Problem = z
  .object({
    type: z.string(),
    status: z.int(),
    code: ProblemCode,
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), sentence: z.string() })).optional(),
    instance: z.string(),
  })
  .meta({
    id: "Problem",
    examples: [
      {
        type: "urn:ringfence:problem:invalid-request",
        status: 400,
        code: "invalid-request",
        detail: "The request does not match /openapi.json. See “errors” for details.",
        errors: [{ path: "/purpose", sentence: "This field is required." }],
        instance: "urn:uuid:0195a000-0000-4000-8000-000000000001",
      },
    ],
  });

export type Problem = z.infer<typeof Problem>;

/** Problem of a screening, for callers that read only the verdict. */
export const CannotCheck = Problem.extend({
  verdict: z.literal("refuse"),
  refusals: z.array(z.object({ reason: z.literal("cannot-check"), sentence: z.string() })),
}).meta({ id: "CannotCheck" });
export type CannotCheck = z.infer<typeof CannotCheck>;

type Details = {
  faults?: readonly Fault[] | undefined;
  headers?: Record<string, string> | undefined;
};

/** An error that becomes the answer, wherever it is thrown. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly explanation: Message;
  readonly faults: readonly Fault[] | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, explanation: Message, { faults, headers = {} }: Details = {}) {
    super(explanation.key);
    this.code = code;
    this.explanation = explanation;
    this.faults = faults;
    this.headers = headers;
  }
}

/** Headers that say how to authenticate: with an API key, and with a signature if the key requires one. */
const authenticationHeaders = {
  "www-authenticate": "Bearer",
  "accept-signature": ACCEPTED_SIGNATURE,
};

/**
 * Missing or invalid API key (RFC 9110, 11.6.1), or one whose request has no valid signature. The answer is the
 * same for all of them, so that nobody learns from it whether a key exists.
 */
export const keyInvalid = () =>
  new ProblemError("key-invalid", { key: "error.key-invalid" }, { headers: authenticationHeaders });

/** The most faults that an answer lists. Nobody reads more. */
const MAX_FAULTS = 100;

/** A signature that cannot be accepted, whatever the key. */
export const signatureInvalid = (faults: readonly Fault[]) =>
  new ProblemError(
    "signature-invalid",
    { key: "error.signature-invalid" },
    { faults: faults.slice(0, MAX_FAULTS), headers: authenticationHeaders },
  );

/** A body that is longer than this limit. */
export const tooLarge = (bytes: number) =>
  new ProblemError("too-large", { key: "error.too-large", values: { kibibytes: bytes / 1024 } });

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
