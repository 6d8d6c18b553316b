import "server-only";
import { say, toFaults } from "@ringfence/core/platform/message";
import type { FileContext } from "@ringfence/services/context";
import { ServiceError, type ServiceErrorCode } from "@ringfence/services/errors";
import { findMemberOfSession } from "@ringfence/services/account/identity-provider";
import { type CurrentMember, toActor } from "@ringfence/services/account/member";
import { ExportReason, type ExportedList } from "@ringfence/core/platform/audit";
import { recordExport } from "@ringfence/services/platform/audit";
import { createContext } from "./current-member";
import { log } from "./log";
import { whileAllowed } from "./while-allowed";
import { env } from "@/env";
import { isSameOrigin } from "./same-origin";
import { parseSmallForm } from "./public-form";

const status: Record<ServiceErrorCode, number> = {
  "not-found": 404,
  forbidden: 403,
  conflict: 409,
  "invalid-field": 400,
  invalid: 400,
  "key-invalid": 401,
  "signature-invalid": 401,
  "proof-needed": 428,
  "limit-reached": 429,
};

/**
 * Answers a request that uploads or downloads a file, which tRPC cannot. It requires a signed-in member, and explains
 * errors in a sentence. A download breaks off when the member's session ends or their role changes. The verb checks
 * what the member may do.
 */
export async function answerMember(
  request: Request,
  work: (ctx: FileContext & { member: CurrentMember }) => Promise<Response>,
): Promise<Response> {
  const { member, signedIn: _, session: _session, locale, ...installation } = await createContext();
  if (member === null) return new Response(null, { status: 401 });

  const { organizationId } = member;
  try {
    const answer = await work({ ...installation, member, organizationId, actor: toActor(member) });
    if (answer.body === null) return answer;
    const isStillAllowed = async () =>
      (await findMemberOfSession(installation, member))?.role === member.role;
    return new Response(answer.body.pipeThrough(whileAllowed(isStillAllowed)), answer);
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 400 }); // the client is gone
    if (error instanceof ServiceError) {
      const message = say(locale, error.explanation, member.zone);
      return Response.json({ message, path: error.path }, { status: status[error.code] });
    }
    log.error({ err: error, path: new URL(request.url).pathname }, "not answered");
    return Response.json(
      { message: say(locale, { key: "error.bug" }), path: null },
      { status: 500 },
    );
  }
}

export type MemberContext = FileContext & { member: CurrentMember };

/** Like `answerMember`, for a form of this site that asks for a file of personal data. Other sites get 403. */
export const answerForm = (
  request: Request,
  work: (ctx: MemberContext) => Promise<Response>,
): Response | Promise<Response> =>
  isSameOrigin(request.headers, env().PUBLIC_URL)
    ? answerMember(request, work)
    : new Response(null, { status: 403 });

/** Answers with a file of personal data if the form states a reason, else with an error that asks for one. */
export function answerReasoned(
  request: Request,
  work: (ctx: MemberContext, reason: string) => Promise<Response>,
): Response | Promise<Response> {
  return answerForm(request, async (ctx) => {
    const form = await parseSmallForm(request);
    const given = { reason: form?.get("reason") ?? undefined };
    const parsed = ExportReason.safeParse(given);
    if (parsed.success) return work(ctx, parsed.data.reason);
    const [fault] = toFaults(parsed.error, given);
    const message = fault && say(ctx.member.locale, fault.message);
    return Response.json({ message, path: fault?.path }, { status: 400 });
  });
}

/** Like `answerReasoned`, for a list: the export is recorded here, before the list is read. */
export const answerExport = (
  request: Request,
  list: ExportedList,
  work: (ctx: MemberContext) => Promise<Response>,
) =>
  answerReasoned(request, async (ctx, reason) => {
    await recordExport(ctx, { list, reason });
    return work(ctx);
  });
