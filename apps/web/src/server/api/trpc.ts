import { type Locale, say } from "@ringfence/core/platform/message";
import type { Installation } from "@ringfence/services/context";
import { ServiceError, type ServiceErrorCode } from "@ringfence/services/errors";
import type { FileStore } from "@ringfence/services/platform/files";
import { inSpan } from "@ringfence/services/platform/tracing";
import { type CurrentMember, type SessionKey, toActor } from "@ringfence/services/account/member";
import { TRPCError, initTRPC } from "@trpc/server";
import superjson from "superjson";
import { log } from "../log";

export type RequestContext = Installation & {
  files: FileStore;
  locale: Locale;
  member: CurrentMember | null;
  /** The same member, or one who first has to choose a password or set up a second factor. */
  signedIn: CurrentMember | null;
  /** The session of the cookie, even if it has ended or awaits the second factor. */
  session: SessionKey | null;
  /** Returns the token of the browser, which it gets with this answer if it has none. */
  browserToken: () => Promise<string>;
};

const t = initTRPC.context<RequestContext>().create({
  transformer: superjson,
  isDev: false, // otherwise it sends the stack to the caller
  // Details of a bug go to our log, never to the caller.
  errorFormatter: ({ shape, error, ctx }) =>
    error.code === "INTERNAL_SERVER_ERROR"
      ? { ...shape, message: say(ctx?.locale ?? "en", { key: "error.bug" }) }
      : shape,
});

export function logUnexpectedError({
  error,
  path,
}: {
  error: TRPCError;
  path?: string | undefined;
}) {
  if (error.code === "INTERNAL_SERVER_ERROR")
    log.error({ err: error.cause ?? error, path }, "not answered");
}

const trpcCode = {
  "not-found": "NOT_FOUND",
  forbidden: "FORBIDDEN",
  conflict: "CONFLICT",
  "invalid-field": "BAD_REQUEST",
  invalid: "BAD_REQUEST",
  "key-invalid": "UNAUTHORIZED",
  "signature-invalid": "UNAUTHORIZED",
  "proof-needed": "PRECONDITION_REQUIRED",
  "limit-reached": "TOO_MANY_REQUESTS",
} as const satisfies Record<ServiceErrorCode, TRPCError["code"]>;

const translateErrors = t.middleware(async ({ ctx, next }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof ServiceError)) return result;

  const { code, explanation } = result.error.cause;
  const message = say(ctx.locale, explanation, ctx.member?.zone);
  throw new TRPCError({ code: trpcCode[code], message, cause: result.error.cause });
});

/** Opens a span for each procedure, under its name. */
const traceProcedure = t.middleware(({ path, next }) => inSpan(path, {}, () => next()));

/** For anyone, signed in or not. The verb checks access. */
export const publicProcedure = t.procedure.use(traceProcedure).use(translateErrors);

/** For signed-in members. Its context is a `ServiceContext`, so that verbs accept it as it is. */
export const memberProcedure = publicProcedure.use(({ ctx: { member }, next }) =>
  next({ ctx: actingAs(member) }),
);

/** Also for members who first have to choose a password or set up a second factor. */
export const newcomerProcedure = publicProcedure.use(({ ctx: { signedIn }, next }) =>
  next({ ctx: actingAs(signedIn) }),
);

function actingAs(member: CurrentMember | null) {
  if (member === null) throw new TRPCError({ code: "UNAUTHORIZED" });
  return { member, organizationId: member.organizationId, actor: toActor(member) };
}

export const { router: createRouter, createCallerFactory } = t;
