import type { MemberView } from "@ringfence/services/account/member";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { LocalTime } from "@/components/local-time";

type LastSignInProps = Pick<ComponentProps<typeof LocalTime>, "precision"> & {
  member: Pick<MemberView, "signedInAt" | "isSignedIn" | "hasFirstPassword">;
};

/** When a member last came in, whether they are in now, and whether they have yet to choose a password. */
export function LastSignIn({ member, precision = "minute" }: LastSignInProps) {
  const t = useTranslations("members");
  const { signedInAt, isSignedIn, hasFirstPassword } = member;
  return (
    <>
      {signedInAt ? <LocalTime instant={signedInAt} precision={precision} /> : t("never")}
      {isSignedIn && <span className="block text-sm font-medium text-allow">{t("open")}</span>}
      {hasFirstPassword && <span className="block text-sm text-muted">{t("firstPassword")}</span>}
    </>
  );
}
