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
const params = z.object({ form: z.string().max(200) });

/** Pages may be long, and a Cyrillic letter takes two bytes. */
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
 * Routes for pages of other sites: they need no key, and serve only the origins that a form lists.
 */
export const formRoutes: FastifyPluginAsyncZod<Options> = async (
  server,
  { installation, publicUrl, publicRateLimit: limit = 120 },
) => {
  const take = countRequests(limit, WINDOW_SECONDS, () => performance.now());
  const mayUseForm = createOriginCheck(installation);
  server.addHook("onRoute", documentPublic);
  // Runs before the body, so that the page may read errors about it too.
  server.addHook("onRequest", async (request, reply) => {
    const { isSpent, resetSeconds: seconds } = take(
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
 * Creates a function that says whether pages of an origin may use a form. It remembers the pairs that may. Above the
 * rate limit, only these are answered and the database is not asked. Throws for an unknown or closed form.
 */
function createOriginCheck(installation: Installation) {
  const known = new Set<string>();
  return async (form: string, origin: string, mayAsk: boolean): Promise<boolean> => {
    const name = `${form} ${origin}`;
    if (!mayAsk) return known.has(name);
    const mayUse = await isFormOrigin(createFormContext(installation, form), origin);
    // Remember existing forms only, so that requests for unknown ones cannot make the set grow.
    if (mayUse) known.add(name);
    else known.delete(name);
    return mayUse;
  };
}

/**
 * Sets the CORS headers for pages of the form's origins, and for no others. It does without `@fastify/cors`, because
 * the origins come from the database, which is not asked above the rate limit; the four headers are the smaller part.
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
