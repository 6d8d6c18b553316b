import type { MemberView } from "@ringfence/services/account/member";
import type { listSellers } from "@ringfence/services/account/seller";
import { useTranslations } from "next-intl";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { LastSignIn } from "./last-sign-in";
import { useSellersOf } from "./use-sellers-of";

type MemberFactsProps = {
  member: MemberView;
  sellers: Awaited<ReturnType<typeof listSellers>>;
};

/** Who it is, as what, for whom, and when they last came in. */
export function MemberFacts({ member, sellers }: MemberFactsProps) {
  const t = useTranslations("member");
  const role = useTranslations("role");
  const may = useTranslations("roleMay");
  const sellersOf = useSellersOf(sellers);
  const { email, removedAt } = member;
  return (
    <Facts
      facts={[
        ...(removedAt ? [{ name: t("removedAt"), value: <LocalTime instant={removedAt} /> }] : []),
        { name: t("email"), value: email },
        { name: t("role"), value: role(member.role), notes: [may(member.role)] },
        { name: t("for"), value: sellersOf(member) },
        { name: t("signedIn"), value: <LastSignIn member={member} /> },
      ]}
    />
  );
}
