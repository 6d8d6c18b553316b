import type { Message } from "@ringfence/core/message";
import { say } from "@ringfence/core/message";
import type { FastifyInstance, FastifyRequest, preValidationHookHandler } from "fastify";
import { isKeyUnusable } from "./answer-change.ts";
import { localeOf } from "./answer-errors.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What of a refusal could not be read as it was sent; it is on record all the same. */
    unread: readonly Message[];
  }
}

/** Lets a route that takes refusals say in `notes` what its tolerant schema left out. */
export function noteUnread(
  server: FastifyInstance,
  unreadFields: (sent: unknown) => readonly string[],
): preValidationHookHandler {
  server.decorateRequest("unread");
  return (request, _reply, done) => {
    const fields = unreadFields(request.body);
    request.unread = [
      ...fields.map((field) => ({ key: "opt-out.field-unread", values: { field } }) as const),
      ...(isKeyUnusable(request) ? [{ key: "opt-out.idempotency-unread" } as const] : []),
    ];
    done();
  };
}

/** What was left out, and what else is to be said of a refusal, in words. */
export const notesOf = (request: FastifyRequest, notes: readonly Message[]): string[] =>
  [...request.unread, ...notes].map((note) => say(localeOf(request), note));
