import "server-only";
import { say } from "@ringfence/core/platform/message";
import type { FileContext } from "@ringfence/services/context";
import { toLoggedError } from "@ringfence/services/error-in-log";
import { ServiceError, type ServiceErrorCode } from "@ringfence/services/errors";
import { type CurrentMember, findCurrentMember, toActor } from "@ringfence/services/account/member";
import { createContext } from "./context";
import { whileAllowed } from "./while-allowed";

const status: Record<ServiceErrorCode, number> = {
  "not-found": 404,
  forbidden: 403,
  conflict: 409,
  "invalid-field": 400,
  invalid: 400,
  "key-invalid": 401,
};

/**
 * Answers a request that uploads or downloads a file, which tRPC cannot. It requires a signed-in member,
 * and explains errors in a sentence.
 */
export async function answerMember(
  request: Request,
  work: (ctx: FileContext & { member: CurrentMember }) => Promise<Response>,
): Promise<Response> {
  const { member, signedIn: _, locale, ...installation } = await createContext();
  if (member === null) return new Response(null, { status: 401 });

  const { organizationId } = member;
  try {
    const answer = await work({ ...installation, member, organizationId, actor: toActor(member) });
    if (answer.body === null) return answer;
    const isStill = async () =>
      (await findCurrentMember(installation.db, member))?.role === member.role;
    return new Response(answer.body.pipeThrough(whileAllowed(isStill)), answer);
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 400 }); // the client is gone
    if (error instanceof ServiceError) {
      const message = say(locale, error.explanation, member.zone);
      return Response.json({ message, path: error.path }, { status: status[error.code] });
    }
    console.error(new URL(request.url).pathname, toLoggedError(error));
    return Response.json(
      { message: say(locale, { key: "error.bug" }), path: null },
      { status: 500 },
    );
  }
}
