import type { IncomingMessage } from "node:http";
import {
  RecordDisposition,
  type RecordReply,
  interpretReply,
} from "@ringfence/core/do-not-call/inbound";
import { type Locale, detectLocale, say } from "@ringfence/core/platform/message";
import type { Installation } from "@ringfence/services/context";
import {
  type RecordReplyResult,
  authenticateMailgun,
  authenticateTwilio,
  recordDisposition,
  recordMail,
  recordReply,
} from "@ringfence/services/do-not-call/inbound";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { RefusalHeaders, answerChange } from "../../answer-change.ts";
import { parseMail, readMailForm } from "../../inbound-mail.ts";
import { hangUp, nothingToSay, parseForm, replyWith } from "../../twilio.ts";
import { ProblemError } from "../../problem.ts";

type InboundOptions = {
  installation: Installation;
  /** Origin of the public pages, where people see their receipts. */
  publicUrl: string;
};

/** Routes for Twilio and Mailgun. They have no API key; a signature authenticates them. */
export const inboundRoutes: FastifyPluginAsync<InboundOptions> = async (
  server,
  { installation, publicUrl },
) => {
  server.addContentTypeParser(
    FORM,
    { parseAs: "string" },
    async (_request: FastifyRequest, body: string) => parseForm(body),
  );
  const config = { mediaTypes: [FORM] };

  server.post("/sms/twilio", { config }, async (request, reply) => {
    const form = readForm(request);
    const text = form("Body");
    const outcome = await record(installation, request, {
      provider: "twilio",
      externalId: form("MessageSid") || form("SmsSid") || null,
      channel: "sms",
      phone: form("From").replace(/^\w+:/, ""),
      reading: interpretReply(text),
      text,
    });
    const confirmed = confirmation(outcome, detectLocale(text), publicUrl);
    return reply.type("text/xml").send(confirmed === null ? nothingToSay : replyWith(confirmed));
  });

  // `?refuse=9` says which keys mean no. The signature covers the address, so nobody else can set
  // it.
  server.post("/ivr/twilio", { config }, async (request, reply) => {
    const form = readForm(request);
    const { refuse, language } = IvrQuery.parse(request.query);
    const digits = form("Digits");
    const outcome = await record(installation, request, {
      provider: "twilio",
      externalId: `${form("CallSid")} ${digits}`,
      channel: "ivr",
      // The person is whom we called or, for an incoming call, the caller.
      phone: form("Direction").startsWith("outbound") ? form("To") : form("From"),
      reading: digits === refuse ? "refusal" : "other",
      text: digits,
    });
    const confirmed = confirmation(outcome, language);
    return reply
      .type("text/xml")
      .send(confirmed === null ? nothingToSay : hangUp(confirmed, language));
  });

  await server.register(mailRoutes, installation);
};

/** Route for mails to the opt-out mailbox, with attachments. */
const mailRoutes: FastifyPluginAsync<Installation> = async (server, installation) => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    [FORM, MULTIPART],
    async (_: FastifyRequest, payload: IncomingMessage) => readMailForm(payload, MAX_MAIL_BYTES),
  );
  const config = { mediaTypes: [FORM, MULTIPART], isStream: () => true };
  server.post("/email/mailgun", { config }, async (request, reply) => {
    const outcome = await recordFromMailgun(installation, readForm(request));
    return reply.send({ outcome });
  });
};

const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";

/** Mailgun's own limit on incoming mail. */
const MAX_MAIL_BYTES = 25 * 1024 * 1024;

const IvrQuery = z.object({
  refuse: z.string().min(1).default("9"),
  language: z.enum(["en", "ru"]).default("en"),
});

const Form = z.array(z.tuple([z.string(), z.string()])).catch([]);

const readForm = ({ body }: FastifyRequest) => {
  const parameters = new Map(Form.parse(body));
  return (name: string) => parameters.get(name) ?? "";
};

async function recordFromMailgun(installation: Installation, form: (name: string) => string) {
  const contexts = await authenticateMailgun(installation, {
    recipient: form("recipient"),
    timestamp: form("timestamp"),
    token: form("token"),
    signature: form("signature"),
  });
  const outcomes: RecordReplyResult["outcome"][] = [];
  for (const ctx of contexts) {
    const { outcome } = await recordMail(ctx, parseMail(form));
    if (outcome !== "unbelieved") outcomes.push(outcome);
  }
  const [first] = outcomes;
  if (first === undefined)
    throw new ProblemError("key-invalid", { key: "inbound.signature-wrong" });
  return outcomes.find((outcome) => outcome === "refused") ?? first;
}

/**
 * Records the reply in every organization whose account signed it, so that no opt-out is lost to doubt about whose
 * it is. Each organization has its own transaction. Returns the outcome of one in which it was an opt-out, if there
 * is one.
 */
async function record(
  installation: Installation,
  { body, headers, raw }: FastifyRequest,
  reply: RecordReply,
): Promise<RecordReplyResult> {
  const contexts = await authenticateTwilio(installation, {
    signature: String(headers["x-twilio-signature"] ?? ""),
    path: raw.url ?? "",
    parameters: Form.parse(body),
  });
  const outcomes: RecordReplyResult[] = [];
  for (const ctx of contexts) outcomes.push(await recordReply(ctx, reply));
  const [first] = outcomes;
  if (first === undefined)
    throw new ProblemError("key-invalid", { key: "inbound.signature-wrong" });
  return outcomes.find(({ outcome }) => outcome === "refused") ?? first;
}

/**
 * Returns the confirmation for the person; null unless an opt-out with a reference was recorded. A written one also
 * links to their receipt.
 */
function confirmation(outcome: RecordReplyResult, locale: Locale, publicUrl?: string) {
  if (outcome.outcome !== "refused" || outcome.reference === null) return null;
  const { reference, receipt } = outcome;
  const confirmed = say(locale, { key: "inbound.refused", values: { reference } });
  if (publicUrl === undefined || receipt === null) return confirmed;
  const link = `${publicUrl}/r/${receipt}`;
  return `${confirmed} ${say(locale, { key: "inbound.receipt", values: { link } })}`;
}

const DispositionResponse = z
  .object({
    outcome: z.enum(["refused", "asked", "nothing", "repeated"]),
    reference: z.string().nullable().optional(),
  })
  .meta({ id: "DispositionOutcome" });

/** Routes for the disposition codes with which dialers end calls. */
export const dispositionRoutes: FastifyPluginAsyncZod = async (server) => {
  server.post(
    "/inbound/disposition/:system",
    {
      config: { documentedAction: "opt-out.record", isUnlimited: true },
      schema: {
        tags: ["Opt-outs"],
        operationId: "recordDisposition",
        summary: "Report how a dialer ended a call, in its own code",
        description:
          "A code that means an opt-out is recorded as one. An unknown code that looks like an opt-out " +
          "waits for a person's decision. Any other code is ignored.",
        headers: RefusalHeaders,
        params: z.object({ system: z.string().min(1).max(32) }),
        body: RecordDisposition,
        response: { 200: DispositionResponse },
      },
    },
    (request, reply) =>
      answerChange(request, reply, async (ctx) => {
        const { system } = request.params;
        const body = await recordDisposition(ctx, { ...request.body, system });
        return { status: 200, body };
      }),
  );
};
