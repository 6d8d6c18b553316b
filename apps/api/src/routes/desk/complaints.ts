import { ComplaintResponse, ReceiveComplaint } from "@ringfence/core/desk/complaint";
import { type OnlyOptOut, receiveComplaint } from "@ringfence/services/desk/complaint";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { ChangeHeaders, answerChange, problemAnswer } from "../../answer-change.ts";
import { ProblemError } from "../../problem.ts";

export const complaintRoutes: FastifyPluginAsyncZod = async (server) => {
  server.post(
    "/complaints",
    {
      config: {
        documentedAction: "complaint.file",
        isUnlimited: true,
        problems: ["conflict", "unprocessable"],
      },
      schema: {
        tags: ["Records"],
        operationId: "receiveComplaint",
        summary: "Record a complaint",
        description:
          "An officer answers it by `dueAt`. With `refusesCalls`, the opt-out of all calls is in force before the " +
          "answer. It is kept even if ten complaints about the number wait already (409), the number cannot be read " +
          "or another field is wrong (422). `detail` then says so.",
        headers: ChangeHeaders,
        body: ReceiveComplaint,
        response: { 201: ComplaintResponse },
      },
    },
    (request, reply) =>
      answerChange(request, reply, async (ctx) => {
        const received = await receiveComplaint(ctx, request.body);
        if (received.id === undefined) {
          return problemAnswer(toProblem(received), request);
        }
        const { id, receivedAt, dueAt, optOut } = received;
        const body = { id, receivedAt, dueAt, optOut: optOut?.reference ?? null };
        return { status: 201, body };
      }),
  );
};

/** Says that the complaint was not recorded and its opt-out was, so that nobody takes the error for a lost opt-out. */
function toProblem({ fault, path, optOut }: OnlyOptOut): ProblemError {
  if (path === null) return new ProblemError("conflict", fault);
  const explanation =
    optOut === null
      ? ({ key: "complaint.opt-out-waits" } as const)
      : ({
          key: "complaint.opt-out-kept",
          values: { reference: optOut.reference },
        } as const);
  return new ProblemError("unprocessable", explanation, { faults: [{ path, message: fault }] });
}
