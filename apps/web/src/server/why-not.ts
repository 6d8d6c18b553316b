import "server-only";
import { type Action, may, rolesThatMay } from "@ringfence/core/platform/access";
import { toActor, type CurrentMember } from "@ringfence/services/account/member";
import { getFormatter, getTranslations } from "next-intl/server";

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
