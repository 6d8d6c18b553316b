import { limitableRoles } from "@ringfence/core/account/member";
import type { MemberView } from "@ringfence/services/account/member";
import type { listSellers } from "@ringfence/services/account/seller";
import { useFormatter, useTranslations } from "next-intl";

/** The sellers a member works for, in words. */
export function useSellersOf(sellers: Awaited<ReturnType<typeof listSellers>>) {
  const t = useTranslations("members");
  const format = useFormatter();
  return ({ role, sellerIds }: Pick<MemberView, "role" | "sellerIds">): string =>
    sellerIds.length === 0 || !limitableRoles.includes(role)
      ? t("allSellers")
      : format.list(sellers.flatMap(({ id, name }) => (sellerIds.includes(id) ? name : [])));
}
