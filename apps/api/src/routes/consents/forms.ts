import {
  FormTokenResponse,
  Submission,
  SubmissionResponse,
} from "@ringfence/core/consents/capture-form";
import {
  createFormContext,
  isFormOrigin,
  issueFormToken,
  submitEmbeddedForm,
} from "@ringfence/services/consents/capture-form";
import type { Installation } from "@ringfence/services/context";
import { countRequests } from "@ringfence/services/count-requests";
import { findNetwork } from "@ringfence/services/platform/network";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { script } from "@ringfence/capture/script";
import { documentPublic } from "../../openapi/document-answers.ts";
import { ProblemError } from "../../problem.ts";

const tags = ["Forms"];
/** Fastify answers a longer name with 414, before any hook runs. */
const params = z.object({ form: z.string().max(100) });

/** A submission has a snapshot of the page, which may be long, and a Cyrillic letter takes two bytes. */
const BODY_LIMIT = 256 * 1024;
const WINDOW_SECONDS = 60;

type Options = {
  installation: Installation;
  /** Address of the public pages. */
  publicUrl: string;
  /** Requests a minute from one address, or one /64 of IPv6. People share an office. */
  publicRateLimit?: number;
};

/**
 * Routes for pages of other sites. They need no key. A browser lets only pages of the form's origins read their answers,
 * and the verbs refuse every other origin.
 */
export const formRoutes: FastifyPluginAsyncZod<Options> = async (
  server,
  { installation, publicUrl, publicRateLimit: limit = 120 },
) => {
  const countRequest = countRequests(limit, WINDOW_SECONDS, () => performance.now());
  const mayUseForm = createOriginCheck(installation);
  server.addHook("onRoute", documentPublic);
  // Before the body is read, so that an answer about a faulty body has the CORS headers too.
  server.addHook("onRequest", async (request, reply) => {
    const { isSpent, resetSeconds: seconds } = countRequest(
      findNetwork(request.clientAddress) ?? "unknown",
    );
    await addCorsHeaders(request, reply, (form, origin) => mayUseForm(form, origin, !isSpent));
    if (!isSpent) return;
    const values = { limit, window: WINDOW_SECONDS, seconds };
    const headers = { "retry-after": String(seconds) };
    throw new ProblemError("rate-limited", { key: "error.rate-limited", values }, { headers });
  });

  for (const url of ["/forms/:form/tokens", "/forms/:form/submissions"]) {
    server.options(url, { schema: { hide: true, params } }, (_, reply) => reply.code(204).send());
  }
  addFormRoutes(server, { installation, publicUrl });
};

/** Adds the routes that issue a token and take a submission. */
function addFormRoutes(
  server: Parameters<FastifyPluginAsyncZod>[0],
  { installation, publicUrl }: Pick<Options, "installation" | "publicUrl">,
) {
  server.post(
    "/forms/:form/tokens",
    {
      config: { problems: ["not-found", "conflict"] },
      schema: {
        tags,
        operationId: "issueFormToken",
        summary: "Get the questions of a form, and a token to submit it once",
        params,
        response: { 201: FormTokenResponse },
      },
    },
    async (request, reply) => {
      const ctx = createFormContext(installation, request.params.form);
      const body: FormTokenResponse = await issueFormToken(ctx, { origin: requestOrigin(request) });
      return reply.code(201).send(body);
    },
  );

  server.post(
    "/forms/:form/submissions",
    {
      bodyLimit: BODY_LIMIT,
      config: { problems: ["not-found", "conflict", "unprocessable"] },
      schema: {
        tags,
        operationId: "submitForm",
        summary: "Record the consents that a person gave on a form, as it was shown",
        description:
          "The answer is the same for every number. Time and IP address are recorded by the server.",
        params,
        body: Submission,
        response: { 202: SubmissionResponse },
      },
    },
    async (request, reply) => {
      const ctx = createFormContext(installation, request.params.form);
      const result = await submitEmbeddedForm(ctx, {
        submission: request.body,
        origin: requestOrigin(request),
        ip: request.clientAddress,
        userAgent: request.headers["user-agent"] ?? "",
      });
      if (result.faults) {
        const { faults } = result;
        throw new ProblemError("unprocessable", firstMessage(faults), { faults });
      }
      const { confirmation, reference } = result;
      const receipt = result.receipt && `${publicUrl}/agreed/${result.receipt}`;
      const body: SubmissionResponse = { status: "received", confirmation, reference, receipt };
      return reply.code(202).send(body);
    },
  );
}

const firstMessage = ([first]: readonly { message: ProblemError["explanation"] }[]) =>
  first?.message ?? { key: "error.invalid-request" };

const requestOrigin = ({ headers: { origin } }: FastifyRequest) => origin ?? null;

type MayUseForm = (form: string, origin: string) => Promise<boolean>;

/**
 * Creates a function that says whether pages of an origin may use a form. It asks the database, and throws for an unknown
 * or closed form. If it may not ask (above the rate limit), it answers by what it was told last: true for an origin that
 * was listed then, and false for all others.
 */
function createOriginCheck(installation: Installation) {
  const listedLast = new Set<string>();
  return async (form: string, origin: string, mayAsk: boolean): Promise<boolean> => {
    const pair = `${form} ${origin}`;
    if (!mayAsk) return listedLast.has(pair);
    const isListed = await isFormOrigin(createFormContext(installation, form), origin);
    // Only listed origins are remembered, so that requests from others cannot make the set grow.
    if (isListed) listedLast.add(pair);
    else listedLast.delete(pair);
    return isListed;
  };
}

/**
 * Sets the CORS headers for pages of the form's origins, and for no others. `@fastify/cors` would save only these headers:
 * the origins come from the database, which is not asked above the rate limit.
 */
async function addCorsHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  mayUseForm: MayUseForm,
) {
  reply.header("vary", "Origin");
  const origin = requestOrigin(request);
  const { form } = params.parse(request.params);
  if (origin === null || !(await mayUseForm(form, origin))) return;
  reply.headers({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "600",
  });
}

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
