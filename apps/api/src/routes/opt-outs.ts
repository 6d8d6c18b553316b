import { type Locale, say } from "@ringfence/core/message";
import { OptOutTold, RecordOptOut, unreadFields } from "@ringfence/core/opt-out";
import { type OptOutAnswer, optOut } from "@ringfence/services/opt-out";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { answerChange, ChangeHeaders, problemAnswer } from "../answer-change.ts";
import { localeOf } from "../answer-errors.ts";
import { ProblemError } from "../problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Which fields of a refusal could not be read as they were sent. */
    unreadFields: readonly string[];
  }
}

export const optOutRoutes: FastifyPluginAsyncZod = async (server) => {
  server.decorateRequest("unreadFields");

  server.post(
    "/opt-outs",
    {
      config: { action: "opt-out.record", isUnlimited: true, problems: ["unprocessable"] },
      schema: {
        tags: ["Opt-outs"],
        summary: "Stop calling",
        description:
          "In force before the answer. Only what is no number is answered 422, and even that is kept " +
          "for an officer; whatever else cannot be read makes it a refusal of all calls, as of now.",
        headers: ChangeHeaders,
        body: RecordOptOut,
        response: { 201: OptOutTold },
      },
      preValidation: (request, _reply, done) => {
        request.unreadFields = unreadFields(request.body);
        done();
      },
    },
    (request, reply) =>
      answerChange(request, reply, async (ctx) => {
        const { answer, fault } = await optOut(ctx, request.body);
        if (answer) return { status: 201, body: tell(localeOf(request), answer, request) };
        const faults = [{ path: "/phone", message: fault }];
        return problemAnswer(new ProblemError("unprocessable", fault, { faults }), request);
      }),
  );
};

const tell = (
  locale: Locale,
  { notes, ...answer }: OptOutAnswer,
  { unreadFields }: { unreadFields: readonly string[] },
): OptOutTold => ({
  ...answer,
  notes: [
    ...unreadFields.map((field) => say(locale, { key: "opt-out.field-unread", values: { field } })),
    ...notes.map((note) => say(locale, note)),
  ],
});
