import { type Message, say } from "@ringfence/core/platform/message";
import type { FastifyInstance, FastifyRequest, preValidationHookHandler } from "fastify";
import { isKeyUnusable } from "./answer-change.ts";
import { localeOf } from "./answer-errors.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What could not be read as it was sent; all else is on record. */
    unread: readonly Message[];
  }
}

/** Lets a route that takes refusals or consents say in `notes` what its tolerant schema left out. */
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

/** What was left out, and what else is to be said, in words. */
export const notesOf = (request: FastifyRequest, notes: readonly Message[]): string[] =>
  [...request.unread, ...notes].map((note) => say(localeOf(request), note));
