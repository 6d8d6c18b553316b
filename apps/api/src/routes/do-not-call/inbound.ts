import type { IncomingMessage } from "node:http";
import { RecordDisposition, interpretReply } from "@ringfence/core/do-not-call/inbound";
import { type Locale, detectLocale, say } from "@ringfence/core/platform/message";
import type { Installation } from "@ringfence/services/context";
import {
  authenticateMailgun,
  authenticateTwilio,
  recordDisposition,
  recordMail,
  recordReply,
  type Reply,
  type RecordReplyResult,
} from "@ringfence/services/do-not-call/inbound";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { answerChange, RefusalHeaders } from "../../answer-change.ts";
import { readMailForm } from "../../mail-form.ts";
import { mailOf } from "../../mail-of.ts";
import { postedForm } from "../../posted-form.ts";
import { ProblemError } from "../../problem.ts";
import { hangUp, nothingToSay, replyWith } from "../../twiml.ts";

type InboundOptions = {
  installation: Installation;
  /** Where people reach us: receipts stand there. */
  publicUrl: string;
};

/** What Twilio and Mailgun send. They have no key of ours: a signature says who it is. */
export const inboundRoutes: FastifyPluginAsync<InboundOptions> = async (
  server,
  { installation, publicUrl },
) => {
  server.addContentTypeParser(
    FORM,
    { parseAs: "string" },
    async (_request: FastifyRequest, body: string) => postedForm(body),
  );
  const config = { mediaTypes: [FORM] };

  server.post("/sms/twilio", { config }, async (request, reply) => {
    const form = formOf(request);
    const text = form("Body");
    const outcome = await record(installation, request, {
      provider: "twilio",
      externalId: form("MessageSid") || form("SmsSid") || null,
      channel: "sms",
      phone: form("From").replace(/^\w+:/, ""),
      reading: interpretReply(text),
      text,
    });
    const told = confirmation(outcome, detectLocale(text), publicUrl);
    return reply.type("text/xml").send(told === null ? nothingToSay : replyWith(told));
  });

  // `?refuse=9` says which keys mean no; the address is signed, so nobody else can say so.
  server.post("/ivr/twilio", { config }, async (request, reply) => {
    const form = formOf(request);
    const { refuse, language } = IvrQuery.parse(request.query);
    const digits = form("Digits");
    const outcome = await record(installation, request, {
      provider: "twilio",
      externalId: `${form("CallSid")} ${digits}`,
      channel: "ivr",
      // Whom we called; or, of a call to us, who called.
      phone: form("Direction").startsWith("outbound") ? form("To") : form("From"),
      reading: digits === refuse ? "refusal" : "other",
      text: digits,
    });
    const told = confirmation(outcome, language);
    return reply.type("text/xml").send(told === null ? nothingToSay : hangUp(told, language));
  });

  await server.register(mailRoutes, installation);
};

/** A mail to a mailbox for refusals, with what is attached to it. */
const mailRoutes: FastifyPluginAsync<Installation> = async (server, installation) => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    [FORM, MULTIPART],
    async (_: FastifyRequest, payload: IncomingMessage) =>
      readMailForm(payload, MOST_BYTES_OF_MAIL),
  );
  const config = { mediaTypes: [FORM, MULTIPART], isStream: () => true };
  server.post("/email/mailgun", { config }, async (request, reply) => {
    const outcome = await recordFromMailgun(installation, formOf(request));
    return reply.send({ outcome });
  });
};

const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";

/** As much as Mailgun receives. */
const MOST_BYTES_OF_MAIL = 25 * 1024 * 1024;

const IvrQuery = z.object({
  refuse: z.string().min(1).default("9"),
  language: z.enum(["en", "ru"]).default("en"),
});

const Form = z.array(z.tuple([z.string(), z.string()])).catch([]);

const formOf = ({ body }: FastifyRequest) => {
  const parameters = new Map(Form.parse(body));
  return (name: string) => parameters.get(name) ?? "";
};

async function recordFromMailgun(installation: Installation, form: (name: string) => string) {
  const believed = await authenticateMailgun(installation, {
    recipient: form("recipient"),
    timestamp: form("timestamp"),
    token: form("token"),
    signature: form("signature"),
  });
  const outcomes: RecordReplyResult["outcome"][] = [];
  for (const ctx of believed) {
    const { outcome } = await recordMail(ctx, mailOf(form));
    if (outcome !== "unbelieved") outcomes.push(outcome);
  }
  const [first] = outcomes;
  if (first === undefined)
    throw new ProblemError("key-invalid", { key: "inbound.signature-wrong" });
  return outcomes.find((outcome) => outcome === "refused") ?? first;
}

/** In every organization whose account has signed it: a refusal is not lost to a doubt about whose it is. */
async function record(
  installation: Installation,
  { body, headers, raw }: FastifyRequest,
  reply: Reply,
): Promise<RecordReplyResult> {
  const believed = await authenticateTwilio(installation, {
    signature: String(headers["x-twilio-signature"] ?? ""),
    path: raw.url ?? "",
    parameters: Form.parse(body),
  });
  const outcomes: RecordReplyResult[] = [];
  for (const ctx of believed) outcomes.push(await recordReply(ctx, reply));
  const [first] = outcomes;
  if (first === undefined)
    throw new ProblemError("key-invalid", { key: "inbound.signature-wrong" });
  return outcomes.find(({ outcome }) => outcome === "refused") ?? first;
}

/** What the person is told; what is written to them also says where their receipt is. */
function confirmation(outcome: RecordReplyResult, locale: Locale, publicUrl?: string) {
  if (outcome.outcome !== "refused" || outcome.reference === null) return null;
  const { reference, receipt } = outcome;
  const told = say(locale, { key: "inbound.refused", values: { reference } });
  if (publicUrl === undefined || receipt === null) return told;
  const link = `${publicUrl}/r/${receipt}`;
  return `${told} ${say(locale, { key: "inbound.receipt", values: { link } })}`;
}

const DispositionTold = z
  .object({
    outcome: z.enum(["refused", "asked", "nothing", "repeated"]),
    reference: z.string().nullable().optional(),
  })
  .meta({ id: "DispositionOutcome" });

/** The codes with which dialers end calls. */
export const dispositionRoutes: FastifyPluginAsyncZod = async (server) => {
  server.post(
    "/inbound/disposition/:system",
    {
      config: { action: "opt-out.record", isUnlimited: true },
      schema: {
        tags: ["Opt-outs"],
        operationId: "recordDisposition",
        summary: "Say how a dialer ended a call, in its own code",
        description:
          "A code that means that the person refused is an opt-out; one that is not known and looks " +
          "like it waits for a person; any other is nothing.",
        headers: RefusalHeaders,
        params: z.object({ system: z.string().min(1).max(32) }),
        body: RecordDisposition,
        response: { 200: DispositionTold },
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
