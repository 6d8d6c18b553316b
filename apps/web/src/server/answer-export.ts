import "server-only";
import { ExportReason, type ExportedList } from "@ringfence/core/platform/audit";
import { toFaults, say } from "@ringfence/core/platform/message";
import { recordExport } from "@ringfence/services/platform/audit";
import type { FileContext } from "@ringfence/services/context";
import type { CurrentMember } from "@ringfence/services/account/member";
import { env } from "@/env";
import { answerMember } from "./answer-member";
import { isSameOrigin } from "./same-origin";
import { smallForm } from "./small-form";

type MemberContext = FileContext & { member: CurrentMember };

/** Answers with a file of personal data if the form states a reason, else with an error that asks for one. */
export function answerReasoned(
  request: Request,
  work: (ctx: MemberContext, reason: string) => Promise<Response>,
): Response | Promise<Response> {
  if (!isSameOrigin(request.headers, env().PUBLIC_URL)) return new Response(null, { status: 403 });

  return answerMember(request, async (ctx) => {
    const form = await smallForm(request);
    const given = { reason: form?.get("reason") ?? undefined };
    const asked = ExportReason.safeParse(given);
    if (asked.success) return work(ctx, asked.data.reason);
    const [fault] = toFaults(asked.error, given);
    const message = fault && say(ctx.member.locale, fault.message);
    return Response.json({ message, path: fault?.path }, { status: 400 });
  });
}

/** The same for a list, whose export is recorded here. */
export const answerExport = (
  request: Request,
  list: ExportedList,
  work: (ctx: MemberContext) => Promise<Response>,
) =>
  answerReasoned(request, async (ctx, reason) => {
    await recordExport(ctx, { list, reason });
    return work(ctx);
  });
