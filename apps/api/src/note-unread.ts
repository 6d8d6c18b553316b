import { type Message, say } from "@ringfence/core/platform/message";
import type { FastifyInstance, FastifyRequest, preValidationHookHandler } from "fastify";
import { isKeyUnusable } from "./answer-change.ts";
import { requestLocale } from "./answer-errors.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Faults of the parts that could not be read as sent. Everything else is on record. */
    unread: readonly Message[];
  }
}

/**
 * Lets a route that takes opt-outs or consents report in `notes` what its tolerant schema ignored.
 */
export function noteUnread(
  server: FastifyInstance,
  unreadFields: (sent: unknown) => readonly string[],
  key: "opt-out.field-unread" | "consent.field-unread" = "opt-out.field-unread",
): preValidationHookHandler {
  if (!server.hasRequestDecorator("unread")) server.decorateRequest("unread");
  return (request, _reply, done) => {
    const fields = unreadFields(request.body);
    request.unread = [
      ...fields.map((field) => ({ key, values: { field } })),
      ...(isKeyUnusable(request) ? [{ key: "opt-out.idempotency-unread" } as const] : []),
    ];
    done();
  };
}

/**
 * The notes of an answer in the caller's language: what was ignored, and what else there is to say.
 */
export const formatNotes = (request: FastifyRequest, notes: readonly Message[]): string[] =>
  [...request.unread, ...notes].map((note) => say(requestLocale(request), note));
