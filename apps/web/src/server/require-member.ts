import "server-only";
import { type Action, may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import { forbidden, redirect } from "next/navigation";
import { currentMember } from "./current-member";
import { requestPath } from "./request-path";

/**
 * The first line of every page of the workspace: who sees it, or the way to sign in, or 403. A
 * layout is not rendered again as one goes from page to page, so it cannot ask for its pages.
 */
export async function requireMember(action: Action) {
  const member = await currentMember();
  if (member === null) {
    redirect(`/sign-in?from=${encodeURIComponent(await requestPath())}`);
  }
  if (!may(toActor(member), action)) forbidden();
  return member;
}
