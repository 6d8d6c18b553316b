import "server-only";
import { type Action, may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import { forbidden, redirect } from "next/navigation";
import { currentMember } from "./current-member";
import { requestPath } from "./request-path";

/**
 * Checks access and returns the member. It is the first line of every workspace page: it redirects to
 * sign-in or answers 403. A layout cannot do this, because it is not rendered again when the page
 * changes.
 */
export async function requireMember(action: Action) {
  const member = await currentMember();
  if (member === null) {
    redirect(`/sign-in?from=${encodeURIComponent(await requestPath())}`);
  }
  if (!may(toActor(member), action)) forbidden();
  return member;
}
