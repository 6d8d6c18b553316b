import { type Message, say } from "@ringfence/core/platform/message";
import type { FastifyInstance, FastifyRequest, preValidationHookHandler } from "fastify";
import { isKeyUnusable } from "./answer-change.ts";
import { requestLocale } from "./answer-errors.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Notes about the parts that were not taken as sent. Everything else is on record. */
    unread: readonly Message[];
  }
}

/**
 * Creates a `preValidation` hook for a route that takes opt-outs or consents, so that `notes` can say what its
 * tolerant schema ignored or changed. It must run before validation, which replaces what was sent.
 */
export function noteUnread(
  server: FastifyInstance,
  listFieldNotes: (sent: unknown) => readonly Message[],
): preValidationHookHandler {
  if (!server.hasRequestDecorator("unread")) server.decorateRequest("unread");
  return (request, _reply, done) => {
    request.unread = [
      ...listFieldNotes(request.body),
      ...(isKeyUnusable(request) ? [{ key: "opt-out.idempotency-unread" } as const] : []),
    ];
    done();
  };
}

/**
 * The notes of an answer in the caller's language: what was not taken as sent, and what else there is to say.
 */
export const formatNotes = (request: FastifyRequest, notes: readonly Message[]): string[] =>
  [...request.unread, ...notes].map((note) => say(requestLocale(request), note));
