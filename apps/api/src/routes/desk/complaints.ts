import { ComplaintResponse, ReceiveComplaint } from "@ringfence/core/desk/complaint";
import { receiveComplaint } from "@ringfence/services/desk/complaint";
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
          "answer. It is kept even if ten complaints about the number wait already (409) or the number cannot be " +
          "read (422).",
        headers: ChangeHeaders,
        body: ReceiveComplaint,
        response: { 201: ComplaintResponse },
      },
    },
    (request, reply) =>
      answerChange(request, reply, async (ctx) => {
        const received = await receiveComplaint(ctx, request.body);
        if (received.id === undefined) {
          const { fault, path } = received;
          const faults = path === null ? [] : [{ path, message: fault }];
          const code = path === null ? "conflict" : "unprocessable";
          return problemAnswer(new ProblemError(code, fault, { faults }), request);
        }
        const { id, receivedAt, dueAt, optOut } = received;
        const body = { id, receivedAt, dueAt, optOut: optOut?.reference ?? null };
        return { status: 201, body };
      }),
  );
};
