import type { MemberView } from "@ringfence/services/account/member";
import type { listSellers } from "@ringfence/services/account/seller";
import { useFormatter, useTranslations } from "next-intl";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import type { ComponentProps } from "react";
import { limitableRoles } from "@ringfence/core/account/member";

type MemberFactsProps = {
  member: MemberView;
  sellers: Awaited<ReturnType<typeof listSellers>>;
};

/** A member's email, role, sellers and last sign-in. */
export function MemberFacts({ member, sellers }: MemberFactsProps) {
  const t = useTranslations("member");
  const role = useTranslations("role");
  const may = useTranslations("roleMay");
  const formatSellers = useSellerNames(sellers);
  const { email, removedAt } = member;
  return (
    <Facts
      facts={[
        ...(removedAt ? [{ name: t("removedAt"), value: <LocalTime instant={removedAt} /> }] : []),
        { name: t("email"), value: email },
        { name: t("role"), value: role(member.role), notes: [may(member.role)] },
        { name: t("for"), value: formatSellers(member) },
        { name: t("signedIn"), value: <LastSignIn member={member} /> },
      ]}
    />
  );
}

type LastSignInProps = Pick<ComponentProps<typeof LocalTime>, "precision"> & {
  member: Pick<MemberView, "signedInAt" | "isSignedIn" | "hasFirstPassword">;
};

/**
 * A member's last sign-in, whether they are signed in now, and whether they still have to choose a
 * password.
 */
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

/** The sellers a member works for, in words. */
export function useSellerNames(sellers: Awaited<ReturnType<typeof listSellers>>) {
  const t = useTranslations("members");
  const format = useFormatter();
  return ({ role, sellerIds }: Pick<MemberView, "role" | "sellerIds">): string =>
    sellerIds.length === 0 || !limitableRoles.includes(role)
      ? t("allSellers")
      : format.list(sellers.flatMap(({ id, name }) => (sellerIds.includes(id) ? name : [])));
}
