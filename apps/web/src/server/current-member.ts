import "server-only";
import { findMemberOfSession } from "@ringfence/services/account/identity-provider";
import {
  type CurrentMember,
  findAwaitedMember as awaitedMemberOfSession,
  toActor,
} from "@ringfence/services/account/member";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { preferredLocale } from "@ringfence/core/platform/message";
import { type Action, may, rolesThatMay } from "@ringfence/core/platform/access";
import { forbidden, redirect } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { db, installation } from "./installation";
import { ensureBrowserCookie, readSessionKey, sessionCookie } from "./cookies";
import type { RequestContext } from "./api/trpc";
import { requestPath } from "./request-path";

const readSession = cache(async () =>
  readSessionKey((await cookies()).get(sessionCookie().name)?.value),
);

/**
 * The signed-in member, including one who first has to choose a password or set up a second factor; null if
 * nobody is signed in. The database is asked once per request.
 */
export const findSignedInMember = cache(async () => {
  const session = await readSession();
  return session && findMemberOfSession(installation(), session);
});

/** The member who has given the password and still has to prove the second factor. */
export const findAwaitedMember = async () => {
  const session = await readSession();
  return session && awaitedMemberOfSession(db(), session);
};

/** The signed-in member, unless they first have to do something else; null for everybody else. */
export const currentMember = cache(async () => {
  const member = await findSignedInMember();
  return member?.hasFirstPassword || member?.needsSecondFactor ? null : member;
});

/** The page that a member must go to before all others; null if they are signed in, or nobody is. */
export async function findFirstStep(): Promise<"/second-factor" | "/first-password" | null> {
  if ((await findAwaitedMember()) !== null) return "/second-factor";
  const member = await findSignedInMember();
  if (member?.hasFirstPassword) return "/first-password";
  return member?.needsSecondFactor ? "/second-factor" : null;
}

/** Builds the context of a tRPC call from the request's cookies and headers. It checks no access: procedures do. */
export async function createContext(): Promise<RequestContext> {
  const member = await currentMember();
  const locale = member?.locale ?? preferredLocale((await headers()).get("accept-language"));
  const signedIn = await findSignedInMember();
  return {
    ...installation(),
    locale,
    member,
    signedIn,
    session: await readSession(),
    browserToken: () => ensureBrowserCookie(installation().keys),
  };
}

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

/** Explains why a member may not do something, and who can; undefined if they may. */
export async function whyNot(member: CurrentMember, action: Action): Promise<string | undefined> {
  if (may(toActor(member), action)) return undefined;

  const [t, roleNames, format] = await Promise.all([
    getTranslations("shell"),
    getTranslations("roles"),
    getFormatter(),
  ]);
  return t("onlyFor", {
    roles: format.list(rolesThatMay(action).map((role) => roleNames(role))),
  });
}
